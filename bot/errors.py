"""The two ways our own code says no: to a resident, and to whoever operates the product."""


class Refusal(Exception):
    """The community's rules say no; `wording.explain` has the sentence with the next step."""


class OperatorError(Exception):
    """Something the operator can mend; its text is one line that says what is wrong and how to mend it."""
