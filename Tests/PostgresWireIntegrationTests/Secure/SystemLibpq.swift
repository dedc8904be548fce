#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// libpq's reader of connection strings, loaded while the test runs.
struct SystemLibpq: @unchecked Sendable {
    private typealias Parse =
        @convention(c) (UnsafePointer<CChar>?, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) ->
        UnsafeMutableRawPointer?
    private typealias Release = @convention(c) (UnsafeMutableRawPointer?) -> Void

    private let parse: Parse
    private let release: Release
    private let releaseText: Release

    /// Loads the library; nil if it cannot be loaded.
    init?(_ path: String) {
        guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL),
            let parse = dlsym(library, "PQconninfoParse"),
            let release = dlsym(library, "PQconninfoFree"), let text = dlsym(library, "PQfreemem")
        else { return nil }
        self.parse = unsafeBitCast(parse, to: Parse.self)
        self.release = unsafeBitCast(release, to: Release.self)
        releaseText = unsafeBitCast(text, to: Release.self)
    }

    /// The values that libpq reads; nil if it refuses the text.
    func values(of text: String) -> [String: String]? {
        var message: UnsafeMutablePointer<CChar>?
        let options = text.withCString { parse($0, &message) }
        releaseText(message)
        guard let options else { return nil }
        defer { release(options) }
        var values: [String: String] = [:]
        // PQconninfoOption: six pointers, of which the first is the keyword and the fourth the value, and a number.
        var option = options
        while let keyword = option.load(as: UnsafePointer<CChar>?.self) {
            let offset = 3 * MemoryLayout<UnsafeRawPointer>.size
            if let value = option.load(fromByteOffset: offset, as: UnsafePointer<CChar>?.self) {
                values[String(cString: keyword)] = String(cString: value)
            }
            option += 7 * MemoryLayout<UnsafeRawPointer>.size
        }
        return values
    }
}
