import FoundationEssentials
import FuzzBodies

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Runs every target on inputs that chance makes of the kept ones, and moves inputs to and from libFuzzer's folders.
@main
struct Mutations {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        switch (arguments.first, Array(arguments.dropFirst())) {
        case ("run", let rest) where rest.count >= 2 && Int(rest[0]) != nil:
            let seed = rest.count > 2 ? UInt64(rest[2]) ?? 1 : 1
            let complaints = try await run(Int(rest[0]) ?? 0, URL(filePath: rest[1]), seed)
            if complaints > 0 { exit(1) }
        case ("unpack", let rest) where rest.count == 2: try unpack(rest[0], URL(filePath: rest[1]))
        case ("pack", let rest) where rest.count == 2: try pack(rest[0], URL(filePath: rest[1]))
        default:
            print(
                "usage: mutations run COUNT KEPT [SEED] | unpack KEPT FOLDER | pack KEPT FOLDER;"
                    + " FOLDER has a folder for each target")
        }
    }

    /// As many inputs in all, a part of them for each target; returns how many were taken wrong.
    private static func run(_ count: Int, _ kept: URL, _ seed: UInt64) async throws -> Int {
        let start = ContinuousClock.now
        let share = (count + FuzzTarget.all.count - 1) / FuzzTarget.all.count
        let complaints = try await withThrowingTaskGroup(of: Int.self) { group in
            for target in FuzzTarget.all {
                let seeds = try FuzzCorpus.inputs(of: target, in: kept)
                group.addTask { await run(target, seeds, share, seed) }
            }
            return try await group.reduce(0, +)
        }
        let duration = start.duration(to: .now)
        print("\(share * FuzzTarget.all.count) inputs, \(complaints) taken wrong, \(duration)")
        return complaints
    }

    @concurrent
    private static func run(
        _ target: FuzzTarget, _ seeds: [[UInt8]], _ count: Int, _ seed: UInt64
    ) async -> Int {
        let start = ContinuousClock.now
        var mutator = FuzzMutator(seed: seed, seeds: seeds)
        var complaints = 0
        for _ in 0..<count {
            let input = mutator.next()
            guard let complaint = target.complaint(input) else { continue }
            complaints += 1
            if complaints <= 5 { print("\(target) \(FuzzCorpus.hexadecimal(input)): \(complaint)") }
        }
        print("\(target): \(count) inputs, \(complaints) taken wrong, \(start.duration(to: .now))")
        return complaints
    }

    private static func unpack(_ kept: String, _ folder: URL) throws {
        for target in FuzzTarget.all {
            let inputs = folder.appending(path: target.name)
            try FileManager.default.createDirectory(at: inputs, withIntermediateDirectories: true)
            for (number, input) in try FuzzCorpus.inputs(of: target, in: URL(filePath: kept)).enumerated() {
                try Data(input).write(to: inputs.appending(path: "kept-\(number)"))
            }
        }
    }

    private static func pack(_ kept: String, _ folder: URL) throws {
        for target in FuzzTarget.all {
            let inputs = folder.appending(path: target.name).path
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: inputs) else { continue }
            let contents = try names.map { Array(try Data(contentsOf: URL(filePath: "\(inputs)/\($0)"))) }
            try FuzzCorpus.write(contents, of: target, in: URL(filePath: kept))
        }
    }
}
