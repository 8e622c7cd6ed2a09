"""`weizhan staff`: accounts of the back office, made, listed, dropped, and let in again."""

import sys
from typing import Annotated

import typer

from bot.cli.office import opened
from bot.errors import OperatorError
from bot.rules import audit, staff
from bot.rules.audit import Act
from bot.rules.staff import Scope
from bot.sheets.staff import SCOPES, Codes
from bot.store import Session
from bot.store import staff as accounts
from bot.store.staff import StaffRole
from bot.wording import account as _words  # noqa: F401 - gives the refusals their words

app = typer.Typer(no_args_is_help=True, help="Accounts of the back office.")
Login = Annotated[str, typer.Argument(metavar="NAME", help="The name they sign in with.")]
Code = Annotated[str, typer.Option(metavar="CODE", help="See only this; the code is that of the workbooks.")]


@app.command()
def add(
    login: Login,
    role: Annotated[StaffRole, typer.Option(help="What they may do.")],
    title: Annotated[str, typer.Option(help="The title of the post; no name of a person.")] = "",
    community: Code = "",
    station: Code = "",
    grid: Code = "",
    post: Annotated[str, typer.Option(metavar="CODE", help="The post whose tickets are theirs.")] = "",
    wecom: Annotated[str, typer.Option(metavar="USERID", help="Their name in WeCom.")] = "",
) -> None:
    """Make an account and print its first password, which must be changed at the first sign-in."""
    with opened() as office:
        scope = _scope(office.session, {"community": community, "station": station, "grid": grid}, post)
        account, password = staff.add(office, login, role, name=title, scope=scope, wecom=wecom)
        audit.add(office, Act("staff.added", None, account.login))
    sys.stdout.write(f"{account.login}: {account.role}\nfirst password (shown once): {password}\n")


@app.command("list")
def everybody() -> None:
    """Show every account with its role and the part of the city it sees."""
    with opened() as office:
        codes = Codes(office.session).codes
        for one in accounts.everybody(office.session):
            seen = next((codes[id_] for column in SCOPES.values() if (id_ := getattr(one, column))), "everything")
            state = "active" if one.active else "dropped"
            sys.stdout.write(f"{one.login}\t{one.role}\t{seen}\t{state}\t{one.name}\n")


@app.command()
def drop(login: Login) -> None:
    """Let nobody sign in with this account any more; what was done under it stays written down."""
    with opened() as office:
        account = staff.drop(office.session, login)
        audit.add(office, Act("staff.dropped", None, account.login))
    sys.stdout.write(f"{account.login}: dropped\n")


@app.command()
def password(login: Login) -> None:
    """Print a new first password for somebody who forgot theirs, or who was imported; unlocks the account."""
    with opened() as office:
        new = staff.new_password(office.session, login)
        audit.add(office, Act("staff.password", None, login))
    sys.stdout.write(f"first password (shown once): {new}\n")


def _scope(session: Session, said: dict[str, str], post: str) -> Scope:
    """Raises OperatorError for two scopes or a code that is not there."""
    chosen = {kind: code for kind, code in said.items() if code}
    if len(chosen) > 1:
        raise OperatorError(f"choose one of {', '.join(f'--{kind}' for kind in chosen)}")
    codes = Codes(session).ids
    for kind, code in {**chosen, "post": post}.items():
        if code and code not in codes[kind]:
            raise OperatorError(f"--{kind} {code}: there is none of that code")
    ids = {SCOPES[kind]: codes[kind][code] for kind, code in chosen.items()}
    return Scope(**ids, contact_id=codes["post"].get(post))
