// What a run takes and gives back, so that one import is enough for whoever embeds the checker.
@_exported public import Exploration
@_exported public import Machine
@_exported public import Reports
@_exported public import Semantics
@_exported public import SourceText
