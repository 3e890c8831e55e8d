"""A text of our own about the case, with the facts that the news of that day had."""

TRAIN = (
    "date 2020-10-05 A vintage train, a roof and Tom Cruise on top of it: the star of Mission: "
    "Impossible 7 was filmed fighting on a moving railway carriage in Norway.\n\n"
    "He and the crew had found their footing on the roof of a train in Norway and shot a fight "
    "sequence there, a local who goes by the name of Fotokjerring on Instagram showed in a video "
    "taken from her car. In another video, shared by actress Hayley Atwell, she stands on top of the "
    "train herself. A TikTok user filmed Cruise waving at a fan.\n\n"
    'Director Christopher McQuarrie shared a photo and wrote, "Our sincerest thanks to The Norwegian '
    "Film Incentive, The Norwegian Railway Museum, the infinitely patient Stranda and Rauma "
    'Municipalities, and our Norwegian crew."\n\n'
    "He confirmed that the team is now headed to Roma. Mission: Impossible 8 follows."
)
