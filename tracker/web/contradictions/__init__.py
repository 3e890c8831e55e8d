"""What sources disagree on, and how that is resolved."""
