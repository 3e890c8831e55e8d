"""The e-mail address of one's account: given, confirmed by a link, taken away."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from tracker.accounts.email import ask_for_email, confirm_email, forget_email, user_to_confirm
from tracker.accounts.permissions import Permission
from tracker.extensions import db
from tracker.foundation.database import begin_writing
from tracker.mail.letters import confirm_letter
from tracker.mail.outbox import post
from tracker.mailing import address_of, send_soon, settings
from tracker.watching.operations import set_mails
from tracker.web.accounts.forms import EmailForm
from tracker.web.frame.access import allow
from tracker.web.frame.limits import limiter
from tracker.web.frame.signed_in import current_user


@allow(Permission.OWN_ACCOUNT)
@limiter.limit("5 per 10 minutes", methods=["POST"])
def edit() -> ResponseReturnValue:
    """Give an address; a link goes to it, and only following that takes it into use."""
    mails = settings().mail is not None
    form = EmailForm()
    if mails and form.validate_on_submit():
        begin_writing(db.session)
        user, address = current_user(), (form.address.data or "").strip()
        signed = ask_for_email(db.session, user, address, key=settings().secret_key)
        link = address_of("accounts.confirm_email", signed=signed)
        post(db.session, user, confirm_letter(user.name, link), to=address)
        db.session.commit()
        send_soon()
        flash("A link is on its way to this address. Open it to confirm.")
        return redirect(url_for("accounts.email"), 303)
    page = render_template("accounts/email.html", form=form, user=current_user(), mail_goes_out=mails)
    return page, 422 if form.errors else 200


@allow(Permission.OWN_ACCOUNT)
def remove() -> ResponseReturnValue:
    """Take the address away; mails end with it."""
    begin_writing(db.session)
    user = current_user()
    forget_email(db.session, user)
    set_mails(db.session, user, wanted=False)
    db.session.commit()
    flash("Your account has no e-mail address any more.")
    return redirect(url_for("accounts.email"), 303)


@allow(Permission.READ)
@limiter.limit("20 per minute")
def confirm(signed: str) -> ResponseReturnValue:
    """Confirm an address by the link that was sent to it; the button does it, not the look at the page."""
    name = user_to_confirm(db.session, signed, key=settings().secret_key).name
    answer = make_response(render_template("accounts/confirm_email.html", name=name, signed=signed))
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    return answer


@allow(Permission.READ)
@limiter.limit("20 per minute")
def confirmed(signed: str) -> ResponseReturnValue:
    """Take a confirmed address into use."""
    begin_writing(db.session)
    confirm_email(db.session, signed, key=settings().secret_key)
    db.session.commit()
    flash("Your e-mail address is confirmed.")
    return redirect(url_for("accounts.show"), 303)
