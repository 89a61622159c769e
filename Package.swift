// swift-tools-version: 6.2
import PackageDescription

/// A release may look into other modules of the program for what to specialize; pages come some 5 % faster.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error), .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

/// A program at a fixed address has no hundred thousand pointers to mend before it starts, and one that exports
/// nothing has no names to look up.
let quickStart: [LinkerSetting] = [
  .unsafeFlags(
    ["-Xclang-linker", "-no-pie", "-Xlinker", "--no-export-dynamic"], .when(configuration: .release))
]

let package = Package(
  name: "switchlist",
  products: [.executable(name: "switchlist", targets: ["switchlist"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .target(name: "CAssets"),
    .target(name: "YAMLReading", dependencies: ["CLibYAML"], swiftSettings: strict),
    .target(name: "Formats", swiftSettings: strict),
    .target(name: "Domain", dependencies: ["Formats"], swiftSettings: strict),
    .target(
      name: "ChecklistFiles", dependencies: ["YAMLReading", "Domain"], exclude: ["FORMAT.md"],
      swiftSettings: strict),
    .target(
      name: "Operations",
      dependencies: [
        "Formats", "Domain", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ],
      exclude: ["EXPORT.md"], swiftSettings: strict),
    .target(name: "CSQLite", linkerSettings: [.linkedLibrary("sqlite3")]),
    .target(name: "CLibPQ"),
    .target(
      name: "Storage",
      dependencies: ["Operations", "Formats", "Domain", "CSQLite", "CLibPQ"],
      swiftSettings: strict),
    .target(
      name: "Reports", dependencies: ["Operations", "Formats", "Domain", "CAssets"], swiftSettings: strict),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
    .target(
      name: "WebCore",
      dependencies: [
        "Operations", "Reports", "Formats", "Domain", "CAssets", "CZlib",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),
    .target(
      name: "WebPages",
      dependencies: [
        "WebCore", "Operations", "Reports", "Formats", "Domain", "CQREncode",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
      ],
      swiftSettings: strict),
    .target(
      name: "WebAPI",
      dependencies: [
        "WebCore", "Operations", "Reports", "Formats", "Domain", "CAssets",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
      ],
      swiftSettings: strict),
    .target(
      name: "Web",
      dependencies: [
        "WebCore", "WebPages", "WebAPI", "Operations", "Reports", "Domain", "CQREncode", "CZlib",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "switchlist",
      dependencies: [
        "ChecklistFiles", "Formats", "Domain", "Operations", "Reports", "Storage", "Web", "WebCore",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict, linkerSettings: quickStart),
    .executableTarget(
      name: "switchlist-web-floor",
      dependencies: [
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      path: "Tests/Benchmarks/WebFloor", swiftSettings: strict),
    .executableTarget(
      name: "switchlist-benchmark",
      dependencies: ["ChecklistFiles", "Domain", "Operations", "Storage"],
      path: "Tests/Benchmarks/InProcess", swiftSettings: strict),
    .testTarget(
      name: "DomainTests", dependencies: ["Domain", "Formats", "TestSupport"],
      exclude: ["Time/Model", "Encoding/__snapshots__"], swiftSettings: strict),
    .testTarget(name: "FormatsTests", dependencies: ["Formats"], swiftSettings: strict),
    .testTarget(
      name: "OperationsTests",
      dependencies: [
        "Operations", "Storage", "Formats", "Domain", "TestSupport",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "StorageTests",
      dependencies: [
        "Storage", "Operations", "Domain", "TestSupport", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Released"], swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: ["Domain", "Operations", "Storage"], path: "Tests/Support",
      swiftSettings: strict),
    .testTarget(
      name: "ReportsTests", dependencies: ["Reports", "Operations", "Domain", "TestSupport"],
      exclude: ["__snapshots__", "display-width-table.py"], swiftSettings: strict),
    .testTarget(
      name: "WebTests",
      dependencies: [
        "Web", "WebAPI", "WebCore", "WebPages", "Operations", "Storage", "Formats", "Domain", "TestSupport",
        .product(name: "HummingbirdTesting", package: "hummingbird"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
      ],
      swiftSettings: strict),
    .testTarget(name: "YAMLReadingTests", dependencies: ["YAMLReading"], swiftSettings: strict),
    .testTarget(
      name: "ChecklistFilesTests", dependencies: ["ChecklistFiles", "Domain"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
