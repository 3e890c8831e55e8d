"""The forms of accounts: sign up, sign in."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import Field, PasswordField, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from tracker.accounts.operations import check_name
from tracker.accounts.passwords import LEAST, MOST
from tracker.foundation.errors import InvalidValueError


class SignUpForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    name = StringField("User name", default="")
    password = PasswordField(
        "Password",
        [
            Length(min=LEAST, message=f"Too short to be safe: write at least {LEAST} characters."),
            Length(max=MOST, message=f"Too long: write at most {MOST} characters."),
        ],
        default="",
    )

    def validate_name(self, field: Field) -> None:
        try:
            check_name(field.data)
        except InvalidValueError as error:
            raise ValidationError(str(error)) from None


class SignInForm(FlaskForm):  # type: ignore[misc]
    name = StringField("User name", [DataRequired("Write your user name.")], default="")
    password = PasswordField("Password", [DataRequired("Write your password.")], default="")
