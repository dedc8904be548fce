/// Where a server listens.
struct ServerAddress: Sendable, Equatable {
    var port: Int
    /// The folder of the Unix socket: short, private and outside the data, since its path is limited to 103
    /// bytes.
    var socketFolder: String

    /// The first of the ports that are tried; below the range from which systems take ports by themselves.
    static func firstPort(for folder: String) -> Int {
        20_000 + Int((UInt64(StorageLayout.fingerprint(folder), radix: 16) ?? 0) % 10_000)
    }

    /// The ports to try, in order: the only one that will do, or the last one (0: none) and a range.
    ///
    /// The server's folder spreads servers over the range.
    static func candidates(fixed: Int?, last: Int, folder: String) -> [Int] {
        if let fixed { return [fixed] }
        let first = firstPort(for: folder)
        let rest = (0..<200).map { 20_000 + (first - 20_000 + $0) % 10_000 }
        return last > 0 ? [last] + rest.filter { $0 != last } : rest
    }
}
