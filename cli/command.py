"""Commands whose options are the fields of a dataclass, each declared once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from inspect import Parameter, Signature
from typing import Any, TypeVar, get_type_hints

T = TypeVar("T")


def with_options(options: type[T], **defaults: object) -> Callable[[Callable[[T], None]], Any]:
    """Turns a function that takes a dataclass into a typer command.

    Every field becomes an option. Its annotation has the help, as
    `Annotated[TYPE, typer.Option(help=...)]`; its default is that of the option, unless
    `defaults` has another. A field without a default is required.
    """
    hints = get_type_hints(options, include_extras=True)
    parameters = [
        Parameter(
            field.name,
            Parameter.KEYWORD_ONLY,
            default=defaults.get(field.name, _default(field)),
            annotation=hints[field.name],
        )
        for field in fields(options)  # type: ignore[arg-type]  # a dataclass, which has no type
    ]

    def decorate(work: Callable[[T], None]) -> Callable[..., None]:
        def command(**given: object) -> None:
            work(options(**given))

        command.__name__, command.__doc__ = work.__name__, work.__doc__
        command.__annotations__ = hints
        command.__signature__ = Signature(parameters)  # type: ignore[attr-defined]
        return command

    return decorate


def _default(field: Field[Any]) -> object:
    return Parameter.empty if field.default is MISSING else field.default
