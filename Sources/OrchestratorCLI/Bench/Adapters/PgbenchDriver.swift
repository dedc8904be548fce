#if CLI
import FoundationEssentials
import Locking
import PostgresWire

/// pgbench, which sends the statements that an adapter sends, prepared and pipelined.
///
/// Source: PostgreSQL 18 manual, "pgbench".
final class PgbenchDriver: BenchDriver {
    let name = "pgbench"
    /// The program; nil if there is none.
    let path: String?
    let configuration: PostgresConfiguration
    /// Where scripts and logs are kept.
    let folder: String
    private let scripts = Lock<[String: PgbenchScript]>([:])

    init(path: String?, configuration: PostgresConfiguration, folder: String) {
        self.path = path
        self.configuration = configuration
        self.folder = folder
    }

    /// Finds the program: among those of our server, else in PATH.
    static func find(in programs: String?) -> String? {
        let folders =
            [programs].compactMap { $0 }
            + (Environment.current["PATH"] ?? "/usr/bin:/bin").split(separator: ":").map(String.init)
        return folders.map { $0 + "/pgbench" }.first {
            $0.hasPrefix("/") && FileManager.default.isExecutableFile(atPath: $0)
        }
    }

    func objection(to workload: AdapterWorkload) async throws -> String? {
        guard path != nil else { return "pgbench is not installed" }
        let statements = try await StatementRecorder(configuration: configuration).record(workload)
        guard !statements.isEmpty else { return "the server did not tell which statements it executed" }
        let script = PgbenchScript(statements, workload.places)
        scripts.withLock { $0[workload.name] = script }
        try script.text.write(
            toFile: "\(folder)/\(workload.name).sql", atomically: false, encoding: .utf8)
        // One transaction for each client shows whether it can.
        try await workload.prepare()
        let trial = try await process(workload, calls: 1).run()
        return trial.isGood ? nil : trial.complaint
    }

    func run(_ workload: AdapterWorkload) async throws -> BenchSample {
        let before = ResourceUse.ofChildren
        let ending = try await process(workload, calls: workload.calls).run()
        let after = ResourceUse.ofChildren
        guard ending.isGood, let rate = Self.rate(in: ending.output) else {
            throw CommandFailure(
                .checkFailed, "pgbench failed in \(workload.name): \(ending.complaint)",
                remedy: "Run it again with --verbose, or without this workload")
        }
        let latencies = try takeLog()
        return BenchSample(
            items: latencies.count * workload.items, seconds: Double(latencies.count) / rate,
            processorMicroseconds: after.processorMicroseconds - before.processorMicroseconds,
            switches: after.switches - before.switches, latencies: latencies)
    }

    private func process(_ workload: AdapterWorkload, calls: Int) -> BenchProcess {
        var environment = Environment.current
        environment["PGHOST"] = configuration.host
        environment["PGPORT"] = String(configuration.port)
        environment["PGUSER"] = configuration.user
        environment["PGDATABASE"] = configuration.database
        if let password = configuration.password { environment["PGPASSWORD"] = password }
        let threads = min(workload.clients, ProcessInfo.processInfo.activeProcessorCount)
        var arguments = [
            "-n", "-M", "prepared", "-c", String(workload.clients), "-j", String(threads), "-t",
            String(calls),
            "-l", "--log-prefix=\(folder)/log", "-f", "\(folder)/\(workload.name).sql",
        ]
        for variable in scripts.withLock({ $0[workload.name]?.variables ?? [] }) {
            arguments += ["-D", "\(variable.name)=\(variable.value)"]
        }
        return BenchProcess(
            path: path ?? name, arguments: arguments, environment: environment, folder: folder)
    }

    /// The transactions a second, without the time to connect.
    private static func rate(in output: String) -> Double? {
        guard let line = output.split(separator: "\n").first(where: { $0.hasPrefix("tps = ") }),
            let word = line.dropFirst(6).split(separator: " ").first
        else { return nil }
        return Double(word)
    }

    /// Reads how long each transaction took, the third word of each line, and removes the files.
    private func takeLog() throws -> [Double] {
        var latencies: [Double] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where name.hasPrefix("log.") {
            let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            for line in text.split(separator: "\n") {
                let words = line.split(separator: " ")
                if words.count > 2, let latency = Double(words[2]) { latencies.append(latency) }
            }
            try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        }
        return latencies
    }
}
#endif
