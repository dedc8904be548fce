// swift-tools-version: 6.2
import PackageDescription

let swift: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableExperimentalFeature("Lifetimes"),
    .treatAllWarnings(as: .error),
    .treatWarning("DeprecatedDeclaration", as: .warning),
]
let c: [CSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
    name: "orchestrator-postgres",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "PostgresWire", targets: ["PostgresWire"]),
        .library(name: "PostgresMigrator", targets: ["PostgresMigrator"]),
        .library(name: "EmbeddedPostgres", targets: ["EmbeddedPostgres"]),
        .library(name: "Orchestrator", targets: ["Orchestrator"]),
        .library(name: "AgentMemory", targets: ["AgentMemory"]),
        .library(name: "OrchestratorPostgres", targets: ["OrchestratorPostgres"]),
        .library(name: "OrchestratorMigrations", targets: ["OrchestratorMigrations"]),
        .library(name: "AdapterConformance", targets: ["AdapterConformance"]),
        .executable(name: "orchestrator", targets: ["OrchestratorCLI"]),
    ],
    traits: [
        .default(enabledTraits: ["CLI"]),
        .trait(name: "CLI", description: "The orchestrator command"),
        .trait(name: "Logging", description: "LoggingObserver: what the client does, for swift-log"),
        .trait(name: "Metrics", description: "MetricsObserver: OpenTelemetry's metrics, for swift-metrics"),
        .trait(name: "Tracing", description: "TracingObserver: spans, for swift-distributed-tracing"),
        .trait(name: "Lifecycle", description: "PostgresClient as a Service of swift-service-lifecycle"),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/ordo-one/TextTable", from: "0.0.2"),
        .package(url: "https://github.com/onevcat/Rainbow", from: "4.2.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(
            name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .target(name: "CReadiness", cSettings: c),
        .target(name: "Locking", swiftSettings: swift),
        .target(name: "JSONModel", swiftSettings: swift),
        .target(name: "StoreContracts", dependencies: ["JSONModel"], swiftSettings: swift),
        .target(name: "PostgresProtocol", swiftSettings: swift),
        .target(
            name: "PostgresCodecs", dependencies: ["PostgresProtocol", "JSONModel"], swiftSettings: swift),
        .target(
            name: "PostgresWire",
            dependencies: [
                "COpenSSL", "CReadiness", "Locking", "PostgresProtocol", "PostgresCodecs",
                .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Logging"])),
                .product(name: "Metrics", package: "swift-metrics", condition: .when(traits: ["Metrics"])),
                .product(
                    name: "Tracing", package: "swift-distributed-tracing",
                    condition: .when(traits: ["Tracing"])),
                .product(
                    name: "ServiceLifecycle", package: "swift-service-lifecycle",
                    condition: .when(traits: ["Lifecycle"])),
            ],
            swiftSettings: swift),
        .target(name: "PostgresMigrator", dependencies: ["PostgresWire"], swiftSettings: swift),
        .target(
            name: "OrchestratorMigrations", dependencies: ["PostgresMigrator"], path: "Migrations",
            resources: [.embedInCode("sql")], swiftSettings: swift),
        .target(name: "EmbeddedPostgres", dependencies: ["PostgresWire"], swiftSettings: swift),
        .target(
            name: "Orchestrator", dependencies: ["StoreContracts", "JSONModel", "Locking"],
            swiftSettings: swift),
        .target(
            name: "AgentMemory", dependencies: ["StoreContracts", "JSONModel", "Locking"],
            swiftSettings: swift),
        .target(
            name: "OrchestratorPostgres",
            dependencies: [
                "Orchestrator", "AgentMemory", "StoreContracts", "JSONModel", "PostgresWire", "CZlib",
            ],
            swiftSettings: swift),
        .target(
            name: "AdapterConformance",
            dependencies: ["Orchestrator", "AgentMemory", "StoreContracts", "JSONModel"],
            swiftSettings: swift),
        .executableTarget(
            name: "OrchestratorCLI",
            dependencies: [
                "PostgresWire", "PostgresMigrator", "OrchestratorMigrations", "EmbeddedPostgres",
                "Orchestrator", "OrchestratorPostgres", "AdapterConformance", "StoreContracts", "JSONModel",
                "Locking", "CZlib",
                .product(
                    name: "ArgumentParser", package: "swift-argument-parser",
                    condition: .when(traits: ["CLI"])),
                .product(name: "TextTable", package: "TextTable", condition: .when(traits: ["CLI"])),
                .product(name: "Rainbow", package: "Rainbow", condition: .when(traits: ["CLI"])),
            ],
            swiftSettings: swift),
        .target(
            name: "TestSupport",
            dependencies: [
                "COpenSSL", "PostgresWire", "EmbeddedPostgres", "OrchestratorMigrations", "PostgresMigrator",
                "StoreContracts", "JSONModel", "Locking",
            ],
            path: "Tests/Support", swiftSettings: swift),
        .testTarget(
            name: "ArchitectureTests", dependencies: ["TestSupport"], swiftSettings: swift),
        .testTarget(name: "JSONModelTests", dependencies: ["JSONModel"], swiftSettings: swift),
        .testTarget(
            name: "PostgresProtocolTests",
            dependencies: ["PostgresProtocol", "PostgresWire", "Locking", "TestSupport"],
            swiftSettings: swift),
        .testTarget(
            name: "PostgresCodecsTests",
            dependencies: ["PostgresCodecs", "PostgresProtocol", "JSONModel", "TestSupport"],
            swiftSettings: swift),
        .testTarget(
            name: "PostgresCodecsIntegrationTests",
            dependencies: ["PostgresCodecs", "PostgresProtocol", "PostgresWire", "TestSupport"],
            swiftSettings: swift),
        .target(
            name: "FuzzBodies",
            dependencies: [
                "PostgresWire", "PostgresCodecs", "PostgresProtocol", "JSONModel", "Orchestrator",
            ],
            path: "Tests/FuzzBodies", swiftSettings: swift),
        .executableTarget(
            name: "Mutations", dependencies: ["FuzzBodies"], path: "Tests/Mutations", swiftSettings: swift),
        .testTarget(name: "FuzzTests", dependencies: ["FuzzBodies", "TestSupport"], swiftSettings: swift),
        .target(name: "CAllocations", path: "Tests/CAllocations", cSettings: c),
        .testTarget(
            name: "PostgresWireTests",
            dependencies: ["PostgresWire", "PostgresProtocol", "Locking", "TestSupport", "CAllocations"],
            swiftSettings: swift),
        .testTarget(
            name: "PostgresWireObservabilityTests",
            dependencies: [
                "PostgresWire", "TestSupport",
                .product(
                    name: "Logging", package: "swift-log", condition: .when(traits: ["Logging", "Lifecycle"])),
                .product(
                    name: "InMemoryLogging", package: "swift-log", condition: .when(traits: ["Logging"])),
                .product(
                    name: "MetricsTestKit", package: "swift-metrics", condition: .when(traits: ["Metrics"])),
                .product(
                    name: "InMemoryTracing", package: "swift-distributed-tracing",
                    condition: .when(traits: ["Tracing"])),
                .product(
                    name: "UnixSignals", package: "swift-service-lifecycle",
                    condition: .when(traits: ["Lifecycle"])),
                .product(
                    name: "ServiceLifecycleTestKit", package: "swift-service-lifecycle",
                    condition: .when(traits: ["Lifecycle"])),
            ],
            swiftSettings: swift),
        .testTarget(
            name: "PostgresWireIntegrationTests",
            dependencies: ["PostgresWire", "PostgresProtocol", "EmbeddedPostgres", "TestSupport"],
            swiftSettings: swift),
        .executableTarget(
            name: "WireStressProbe", dependencies: ["PostgresWire"], path: "Tests/WireStressProbe",
            swiftSettings: swift),
        .testTarget(
            name: "WireStressIntegrationTests",
            dependencies: ["PostgresWire", "Locking", "TestSupport", "WireStressProbe"],
            swiftSettings: swift),
        .executableTarget(
            name: "WireProbe", dependencies: ["PostgresWire"], path: "Tests/WireProbe", swiftSettings: swift),
        .testTarget(
            name: "WireFaultIntegrationTests",
            dependencies: [
                "PostgresWire", "PostgresProtocol", "EmbeddedPostgres", "Locking", "TestSupport",
            ],
            swiftSettings: swift),
        .testTarget(
            name: "EmbeddedPostgresIntegrationTests",
            dependencies: ["EmbeddedPostgres", "PostgresWire", "TestSupport"], swiftSettings: swift),
        .testTarget(
            name: "MigrationsTests", dependencies: ["PostgresMigrator", "OrchestratorMigrations"],
            swiftSettings: swift),
        .testTarget(
            name: "MigrationsIntegrationTests",
            dependencies: [
                "PostgresMigrator", "OrchestratorMigrations", "PostgresWire", "JSONModel", "TestSupport",
            ],
            swiftSettings: swift),
        .testTarget(
            name: "OrchestratorTests",
            dependencies: ["Orchestrator", "StoreContracts", "JSONModel", "TestSupport"],
            swiftSettings: swift),
        .testTarget(
            name: "AgentMemoryTests",
            dependencies: ["AgentMemory", "StoreContracts", "JSONModel", "TestSupport"],
            swiftSettings: swift),
        .testTarget(
            name: "AgentMemoryIntegrationTests",
            dependencies: [
                "OrchestratorPostgres", "AgentMemory", "AdapterConformance", "StoreContracts",
                "PostgresWire", "TestSupport",
            ],
            swiftSettings: swift),
        .testTarget(
            name: "OrchestratorPostgresIntegrationTests",
            dependencies: [
                "OrchestratorPostgres", "Orchestrator", "StoreContracts", "JSONModel", "PostgresWire",
                "Locking", "TestSupport",
            ],
            swiftSettings: swift),
        .testTarget(
            name: "AdapterConformanceTests",
            dependencies: [
                "AdapterConformance", "Orchestrator", "AgentMemory", "StoreContracts", "JSONModel",
            ],
            swiftSettings: swift),
        .testTarget(
            name: "ReadmeIntegrationTests",
            dependencies: [
                "PostgresWire", "Orchestrator", "OrchestratorMigrations", "OrchestratorPostgres",
                "StoreContracts", "JSONModel", "TestSupport",
            ],
            swiftSettings: swift),
        .testTarget(
            name: "DocumentationIntegrationTests",
            dependencies: [
                "PostgresWire", "Orchestrator", "OrchestratorMigrations", "OrchestratorPostgres",
                "AdapterConformance", "PostgresMigrator", "StoreContracts", "JSONModel", "Locking",
                "TestSupport",
            ],
            swiftSettings: swift),
        .testTarget(
            name: "OrchestratorCLIIntegrationTests",
            dependencies: [
                "JSONModel", "PostgresWire", "PostgresProtocol", "EmbeddedPostgres", "TestSupport",
            ],
            swiftSettings: swift),
    ]
)

// libFuzzer brings its own `main`, and a package with unsafe flags could not be depended upon.
if Context.environment["PG_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(
            name: "FuzzRunner", dependencies: ["FuzzBodies"], path: "Tests/FuzzRunner",
            swiftSettings: swift + [.unsafeFlags(["-parse-as-library"])]))
}
