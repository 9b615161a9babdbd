// swift-tools-version: 6.2
import PackageDescription

/// Settings shared by every target: Swift 6 mode and strict imports.
let house: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// The house settings plus explicit `unsafe` marks, for targets that own raw memory.
let houseUnsafe = house + [.strictMemorySafety()]

let package = Package(
  name: "pagerace",
  products: [
    .executable(name: "pagerace", targets: ["pagerace"]),
    .library(name: "PageraceKit", targets: ["PageraceKit"]),
  ],
  targets: [
    .target(name: "SourceText", swiftSettings: house),
    .target(name: "Syntax", dependencies: ["SourceText"], swiftSettings: house),
    .target(name: "Threads", swiftSettings: houseUnsafe),
    .target(
      name: "Semantics", dependencies: ["SourceText", "Syntax", "Threads"], swiftSettings: house),
    .target(name: "Machine", dependencies: ["SourceText"], swiftSettings: houseUnsafe),
    .target(
      name: "Lowering", dependencies: ["SourceText", "Semantics", "Machine"],
      swiftSettings: house),
    .target(name: "Execution", dependencies: ["Machine"], swiftSettings: houseUnsafe),
    .target(
      name: "NativeCode", dependencies: ["SourceText", "Machine", "Execution"],
      swiftSettings: houseUnsafe),
    .systemLibrary(name: "CacheHints"),
    .target(
      name: "Exploration", dependencies: ["CacheHints", "Threads", "Machine", "Execution"],
      swiftSettings: houseUnsafe),
    .target(name: "Promela", dependencies: ["SourceText", "Machine"], swiftSettings: house),
    .target(
      name: "Reports", dependencies: ["SourceText", "Machine", "Execution", "Exploration"],
      swiftSettings: house),
    .target(
      name: "PageraceKit",
      dependencies: [
        "SourceText", "Syntax", "Threads", "Semantics", "Machine", "Lowering", "Execution",
        "NativeCode", "Exploration", "Promela", "Reports",
      ], swiftSettings: house),
    .target(name: "Bench", dependencies: ["NativeCode"], swiftSettings: house),
    .target(
      name: "Tool",
      dependencies: [
        "Bench", "Threads",
        "SourceText", "Syntax", "Semantics", "Machine", "Exploration", "Reports", "PageraceKit",
      ], swiftSettings: house),
    .executableTarget(name: "pagerace", dependencies: ["Tool"], swiftSettings: house),

    .target(
      name: "TestSupport",
      dependencies: [
        "SourceText", "Syntax", "Semantics", "Machine", "Lowering", "Execution", "Exploration",
        "PageraceKit",
      ], path: "Tests/TestSupport", swiftSettings: house),
    .testTarget(
      name: "SourceTextTests", dependencies: ["SourceText", "TestSupport"], swiftSettings: house),
    .testTarget(
      name: "SyntaxTests", dependencies: ["SourceText", "Syntax", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "SemanticsTests", dependencies: ["SourceText", "Syntax", "Semantics", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "MachineTests", dependencies: ["Machine", "TestSupport"], swiftSettings: house),
    .testTarget(
      name: "LoweringTests",
      dependencies: [
        "SourceText", "Semantics", "Machine", "Lowering", "Execution", "Exploration",
        "PageraceKit", "TestSupport",
      ], swiftSettings: house),
    .testTarget(
      name: "ExecutionTests", dependencies: ["Machine", "Execution", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "ExplorationTests",
      dependencies: ["Machine", "Execution", "Exploration", "TestSupport"], swiftSettings: house),
    .testTarget(
      name: "NativeCodeTests",
      dependencies: [
        "Semantics", "Machine", "Execution", "Exploration", "NativeCode", "PageraceKit",
        "TestSupport",
      ],
      swiftSettings: house),
    .testTarget(
      name: "PromelaTests",
      dependencies: [
        "SourceText", "Machine", "Exploration", "Promela", "PageraceKit", "TestSupport",
      ], exclude: ["Golden"], swiftSettings: house),
    .testTarget(
      name: "ReportsTests",
      dependencies: ["SourceText", "Machine", "Exploration", "Reports", "TestSupport"],
      exclude: ["Golden"], swiftSettings: house),
    .testTarget(
      name: "KitTests", dependencies: ["PageraceKit", "SourceText"], swiftSettings: house),
    .testTarget(
      name: "ModelTests",
      dependencies: [
        "Semantics", "Machine", "Execution", "Exploration", "Reports", "PageraceKit",
        "TestSupport",
      ], swiftSettings: house),
    .testTarget(name: "BenchTests", dependencies: ["Bench", "TestSupport"], swiftSettings: house),
    .testTarget(
      name: "ToolTests", dependencies: ["Tool", "TestSupport", "pagerace"],
      exclude: ["Golden", "Outside"], swiftSettings: house),
    .testTarget(
      name: "DocsTests", dependencies: ["SourceText", "PageraceKit", "Tool", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "TidyTests", dependencies: ["PageraceKit", "TestSupport"], swiftSettings: house),
  ]
)
