"""The forms of accounts."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from tracker.accounts.email import check_email
from tracker.accounts.models import LONGEST_ADDRESS
from tracker.accounts.operations import check_name
from tracker.accounts.passwords import LEAST, MOST
from tracker.foundation.errors import InvalidValueError
from tracker.foundation.text import clean_line


def _new_password(label: str) -> PasswordField:
    return PasswordField(
        label,
        [
            Length(min=LEAST, message=f"Too short to be safe: write at least {LEAST} characters."),
            Length(max=MOST, message=f"Too long: write at most {MOST} characters."),
        ],
        default="",
    )


class SignUpForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    name = StringField("User name", default="")
    password = _new_password("Password")

    def validate_name(self, field: Field) -> None:
        try:
            check_name(field.data)
        except InvalidValueError as error:
            raise ValidationError(str(error)) from None


class SignInForm(FlaskForm):  # type: ignore[misc]
    name = StringField("User name", [DataRequired("Write your user name.")], default="")
    password = PasswordField("Password", [DataRequired("Write your password.")], default="")


class ChangePasswordForm(FlaskForm):  # type: ignore[misc]
    old = PasswordField("Present password", [DataRequired("Write your present password.")], default="")
    password = _new_password("New password")


class NewPasswordForm(FlaskForm):  # type: ignore[misc]
    password = _new_password("New password")


class AskForResetForm(FlaskForm):  # type: ignore[misc]
    asked = StringField(
        "User name or e-mail address",
        [DataRequired("Write your user name or e-mail address."), Length(max=LONGEST_ADDRESS)],
        default="",
    )


class EmailForm(FlaskForm):  # type: ignore[misc]
    address = StringField("E-mail address", default="")

    def validate_address(self, field: Field) -> None:
        try:
            check_email(field.data)
        except InvalidValueError as error:
            raise ValidationError(str(error)) from None


class DeletionForm(FlaskForm):  # type: ignore[misc]
    password = PasswordField("Your password", [DataRequired("Write your password.")], default="")


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why an admin does something to an account."""

    reason = StringField(
        "Why", [Length(max=300, message="At most 300 characters.")], default="", filters=[clean_line]
    )
