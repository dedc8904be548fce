import PostgresWire

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Does one thing with a server and says on standard output what it came to; the tests start it and measure it.
@main
enum WireStressProbe {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 2, let url = getenv("PROBE_URL").map({ String(cString: $0) }) else {
            fail("usage: PROBE_URL=… WireStressProbe slow-rows|slow-copy COUNT | writes")
        }
        let count = arguments.count > 2 ? Int(arguments[2]) ?? 0 : 0
        switch arguments[1] {
        case "slow-rows": try await SlowConsumer(url: url, count: count).readRows()
        case "slow-copy": try await SlowConsumer(url: url, count: count).readCopy()
        case "writes": try await CountedWrites(url: url).run()
        default: fail("there is no step \(arguments[1])")
        }
    }

    /// Writes a line at once, in one system call.
    static func say(_ text: String) {
        var line = text + "\n"
        line.withUTF8 { _ = write(1, $0.baseAddress, $0.count) }
    }

    static func fail(_ text: String) -> Never {
        say(text)
        exit(2)
    }
}
