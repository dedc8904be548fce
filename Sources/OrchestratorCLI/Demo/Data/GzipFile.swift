#if CLI
import CZlib

/// Reads a gzip file whole.
enum GzipFile {
    /// More than any file of the demo holds.
    static let limit = 64 << 20

    /// The unpacked bytes; zlib checks their sum.
    ///
    /// - Throws: `missing` or `unreadable`, also beyond 64 MB.
    static func bytes(_ path: String, name: String) throws(DemoDataError) -> [UInt8] {
        guard let file = gzopen(path, "rb") else { throw .missing(name) }
        defer { gzclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = gzread(file, &chunk, UInt32(chunk.count))
            if count == 0 { break }
            guard count > 0, bytes.count + Int(count) <= limit else { throw .unreadable(name) }
            bytes.append(contentsOf: chunk[..<Int(count)])
        }
        // A file that was cut ends like a whole one, but with an error.
        var code: Int32 = 0
        _ = gzerror(file, &code)
        guard code == Z_OK || code == Z_STREAM_END else { throw .unreadable(name) }
        return bytes
    }
}
#endif
