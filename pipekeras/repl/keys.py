"""The console's keys: R's and RStudio's habits on top of the usual editing keys."""

from __future__ import annotations

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.enums import DEFAULT_BUFFER
from prompt_toolkit.filters import completion_is_selected, has_focus
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from ..syntax.parser import tokens
from .validator import goes_on, indent_after, without_prompts

ASSIGN = "<-"
PIPE = "%>%"


def in_string(before: str) -> bool:
    """Whether the cursor behind this text stands inside a string."""
    return any(token.kind in ("OPEN_STRING", "OPEN_RAW_STRING") for token in tokens(before))


def insert_operator(buffer: Buffer, operator: str) -> None:
    """Insert an operator with one blank on each side, where there is none yet."""
    document = buffer.document
    before = document.text_before_cursor
    left = "" if not document.current_line_before_cursor or before[-1:].isspace() else " "
    right = "" if document.current_char == " " else " "
    buffer.insert_text(left + operator + right)


def enter(buffer: Buffer) -> None:
    """Evaluate complete input; otherwise go on in a new line."""
    document: Document = buffer.document
    at_end = not document.text_after_cursor.strip()
    if goes_on(buffer.text) or (not at_end and "\n" in buffer.text):
        buffer.insert_text("\n" + indent_after(document.current_line_before_cursor))
    else:
        buffer.validate_and_handle()


def tab(buffer: Buffer) -> None:
    """Indent an empty line; elsewhere complete."""
    if not buffer.document.current_line_before_cursor.strip():
        buffer.insert_text("  ")
    elif buffer.complete_state:
        buffer.complete_next()
    else:
        buffer.start_completion(insert_common_part=True)


def close_brace(buffer: Buffer) -> None:
    """A brace that begins a line stands two blanks further left than what it closes."""
    before = buffer.document.current_line_before_cursor
    if before and not before.strip():
        buffer.delete_before_cursor(min(2, len(before)))
    buffer.insert_text("}")


def bindings() -> KeyBindings:
    """All keys that differ from prompt_toolkit's own."""
    keys = KeyBindings()
    typing = has_focus(DEFAULT_BUFFER)

    @keys.add("enter", filter=typing & ~completion_is_selected)
    def _(event: KeyPressEvent) -> None:
        enter(event.current_buffer)

    @keys.add("enter", filter=typing & completion_is_selected)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.complete_state = None  # takes the completion

    @keys.add("escape", "enter", filter=typing)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    @keys.add("tab", filter=typing)
    def _(event: KeyPressEvent) -> None:
        tab(event.current_buffer)

    @keys.add("}", filter=typing)
    def _(event: KeyPressEvent) -> None:
        close_brace(event.current_buffer)

    @keys.add("escape", "-", filter=typing)
    def _(event: KeyPressEvent) -> None:
        inside = in_string(event.current_buffer.document.text_before_cursor)
        event.current_buffer.insert_text("-") if inside else insert_operator(event.current_buffer, ASSIGN)

    @keys.add("escape", "m", filter=typing)
    def _(event: KeyPressEvent) -> None:
        insert_operator(event.current_buffer, PIPE)

    @keys.add(Keys.BracketedPaste, filter=typing)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text(without_prompts(event.data))

    return keys
