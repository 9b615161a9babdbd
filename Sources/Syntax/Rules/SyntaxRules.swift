public import SourceText

/// The rules that the parser enforces, in the order of ``Diagnostic``'s factories.
public let syntaxRules: [RuleDescription] = textRules + structureRules + expressionRules

/// The rules about bytes, words and numbers.
private let textRules = [
  RuleDescription(
    "not-text", "A model is a text in UTF-8.",
    """
    The file holds a zero byte, or bytes that are no UTF-8: it is a program, a picture or an \
    archive, or a text in another encoding. Nothing else in it is looked at.
    """),
  RuleDescription(
    "file-too-large", "A model has at most 8 MB.",
    "Models of real protocols have some thousand lines. A larger file is generated or a mistake."),
  RuleDescription(
    "unexpected-character", "Outside of strings and comments a model is written in ASCII.",
    """
    Names consist of letters, digits and '_'. Quotation marks, dashes and spaces that a word \
    processor has put in place of the plain ones are the usual cause.
    """,
    wrong: "const LIMIT = 3 @ 2\n", mended: "const LIMIT = 3 * 2\n"),
  RuleDescription(
    "unterminated-string", "A string ends on the line on which it starts.",
    "Keep sentences short: they are printed on one line of a report.",
    wrong: "violation lost \"a write was lost\n", mended: "violation lost \"a write was lost\"\n"),
  RuleDescription(
    "invalid-escape", "In a string a backslash stands only before a quotation mark or another one.",
    "Strings are printed as they are, so there is nothing else to escape.",
    wrong: "violation lost \"gone\\n\"\n", mended: "violation lost \"gone\"\n"),
  RuleDescription(
    "block-comment", "A comment starts with two slashes and ends with its line.",
    "Put two slashes before every line; three make the documentation of what follows.",
    wrong: "/* the limit */\nconst LIMIT = 3\n", mended: "// the limit\nconst LIMIT = 3\n"),
  RuleDescription(
    "malformed-number", "A number is written in decimal digits.",
    "There are no hexadecimal numbers, suffixes or separators, and no name starts with a digit.",
    wrong: "const MASK = 0x10\n", mended: "const MASK = 16\n"),
  RuleDescription(
    "number-too-large", "A number fits 64 bits with a sign.",
    "Expressions are computed in 64 bits. Small numbers also keep the states of a model small.",
    wrong: "const HUGE = 9223372036854775808\n", mended: "const HUGE = 9223372036854775807\n"),
  RuleDescription(
    "name-too-long", "A name has at most 200 characters.",
    "Names stand in messages, diagrams and file names."),
  RuleDescription(
    "nesting-too-deep", "Blocks, groups and types nest at most 64 deep.",
    "Give the inner part a function of its own, or a name by 'let'."),
  RuleDescription(
    "expression-too-long", "At most 200 operators, calls and accesses hang on one another.",
    "Split the expression with 'let', or use a quantifier such as 'all' or 'sum'."),
]

/// The rules about how declarations and statements are put together.
private let structureRules = [
  RuleDescription(
    "expected-token", "Something is missing, or something else stands in its place.",
    """
    The message says what would have been understood at this place. When it points behind the end \
    of a line, the line is unfinished.
    """,
    wrong: "fn f(p: page) {\n    let count p.count\n}\n",
    mended: "fn f(p: page) {\n    let count = p.count\n}\n"),
  RuleDescription(
    "reserved-word", "A reserved word cannot be a name.",
    "Choose another name, or add an underscore.",
    wrong: "var free: bool\n", mended: "var free_: bool\n"),
  RuleDescription(
    "unclosed-brace", "Every opening brace is closed.",
    """
    The brace that is pointed at is the one whose end is missing, as far as the indentation tells: \
    a declaration at the margin cannot be part of the body above it.
    """,
    wrong: "fn f() {\n    if a {\n        skip\n}\n\nfn g() {\n    skip\n}\n",
    mended: "fn f() {\n    if a {\n        skip\n    }\n}\n\nfn g() {\n    skip\n}\n"),
  RuleDescription(
    "unexpected-closer", "Every closing bracket closes something.",
    "Remove it, or look for the opening one that is missing before it.",
    wrong: "fn f() {\n    skip\n}\n}\n", mended: "fn f() {\n    skip\n}\n"),
  RuleDescription(
    "missing-separator", "Two statements on one line have a semicolon between them.",
    "Fields, cases of an enum and rows of a check take a comma. A new line needs neither.",
    wrong: "fn f() { skip progress }\n", mended: "fn f() { skip; progress }\n"),
  RuleDescription(
    "unknown-declaration", "A declaration begins with the word for what is declared.",
    """
    At the top of a file stand 'bug', 'option', 'const', 'violation', 'enum', 'struct', 'word', \
    'pool', 'lock', 'var', 'fn', 'invariant', 'finally', 'reachable', 'leads_to', 'scenario', \
    'environment' and 'check'.
    """,
    wrong: "function f() { skip }\n", mended: "fn f() { skip }\n"),
  RuleDescription(
    "unknown-statement", "A statement of several words begins with a reserved one.",
    "The first word resembles a reserved word, and nothing else can begin with two words.",
    wrong: "fn f() {\n    retrun 3\n}\n", mended: "fn f() {\n    return 3\n}\n"),
  RuleDescription(
    "misplaced-head", "'module' comes first in a file, then the imports, then all else.",
    "So the first lines of a file say what it is and what it needs.",
    wrong: "const N = 1\nimport kernel.page\n", mended: "import kernel.page\nconst N = 1\n"),
  RuleDescription(
    "misplaced-declaration", "Declarations stand at the top of a file.",
    "Functions and types are shared by all scenarios. Move it in front of the one it stands in.",
    wrong: "scenario s {\n    fn f() { skip }\n}\n", mended: "fn f() { skip }\nscenario s {}\n"),
  RuleDescription(
    "misplaced-task", "Tasks and interrupts stand in a scenario or an environment.",
    "What runs is up to the scenario; a check adds environments to it.",
    wrong: "task t { skip }\n", mended: "scenario s {\n    task t { skip }\n}\n"),
  RuleDescription(
    "misplaced-statement", "Statements stand in functions, tasks and scenarios.",
    """
    What is to happen before the tasks start is the prelude of a scenario. Some statements stand \
    only in certain places: 'break' in a loop, 'return' in a function, and nothing that waits in a \
    prelude.
    """,
    wrong: "start(3)\n", mended: "scenario s {\n    start(3)\n}\n"),
  RuleDescription(
    "misplaced-clause", "'owns' belongs to tasks, 'when' and 'on any cpu' to interrupts.",
    "A task starts at once, on one CPU. An interrupt arrives; it has nothing before.",
    wrong: "scenario s {\n    task t when ready { skip }\n}\n",
    mended: "scenario s {\n    interrupt t when ready { skip }\n}\n"),
  RuleDescription(
    "empty-property", "A property has a condition.",
    "Write what must hold between the braces.",
    wrong: "invariant counted {}\n", mended: "invariant counted { count == 0 }\n"),
  RuleDescription(
    "extra-condition", "A property has one condition.",
    "With a property of its own for each condition, a report names the one that failed.",
    wrong: "invariant counted { count == 0; total == 0 }\n",
    mended: "invariant counted { count == 0 && total == 0 }\n"),
]

/// The rules about expressions and assignments.
private let expressionRules = [
  RuleDescription(
    "chained-comparison", "A comparison is not compared with another one.",
    "In C such a chain compares a truth value with a number, which is never meant.",
    wrong: "invariant ordered { 0 <= first <= last }\n",
    mended: "invariant ordered { 0 <= first && first <= last }\n"),
  RuleDescription(
    "assignment-in-condition", "A condition compares with '=='.",
    "'=' is a statement of its own, so that a store cannot hide in a test.",
    wrong: "fn f() {\n    if count = 0 { skip }\n}\n",
    mended: "fn f() {\n    if count == 0 { skip }\n}\n"),
  RuleDescription(
    "arrow-member", "A field is reached with a dot, also through a reference.",
    "There are no pointers to structs, so there is one way to reach a field.",
    wrong: "fn f(p: page) {\n    p->count = 0\n}\n", mended: "fn f(p: page) {\n    p.count = 0\n}\n"
  ),
  RuleDescription(
    "no-increment", "There are no operators that step a variable.",
    "'x += 1' is a load and a store, and as a statement of its own it looks like both.",
    wrong: "fn f() {\n    count++\n}\n", mended: "fn f() {\n    count += 1\n}\n"),
  RuleDescription(
    "misplaced-address", "'&' makes an alias, and only behind 'let name ='.",
    """
    An alias resolves a location once and uses it in place. Arguments need none: the parameter \
    says with 'inout' whether it is a location.
    """,
    wrong: "fn f() {\n    spin_lock(&queue.lock)\n}\n",
    mended: "fn f() {\n    spin_lock(queue.lock)\n}\n"),
  RuleDescription(
    "misplaced-string", "A string is a message and no value.",
    "Use an enum for values with names.",
    wrong: "fn f() {\n    state = \"done\"\n}\n", mended: "fn f() {\n    state = DONE\n}\n"),
  RuleDescription(
    "invalid-target", "Only a variable, a field or an element can be assigned to.",
    "The result of a call or an operator is a value without a place.",
    wrong: "fn f() {\n    first() = 3\n}\n", mended: "fn f() {\n    first = 3\n}\n"),
  RuleDescription(
    "invalid-callee", "Only a function or a method can be called.",
    "Functions are no values: they are called by their names.",
    wrong: "fn f() {\n    handlers[0](3)\n}\n", mended: "fn f() {\n    handle(3)\n}\n"),
  RuleDescription(
    "unused-expression", "An expression alone does nothing.",
    "Assign it, wait for it with 'await', or demand it with 'require'.",
    wrong: "fn f() {\n    count == 0\n}\n", mended: "fn f() {\n    await count == 0\n}\n"),
]
