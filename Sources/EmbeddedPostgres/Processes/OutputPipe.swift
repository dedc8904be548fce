#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A pipe that collects what a program writes; the last 64 KB are kept.
struct OutputPipe {
    private static let limit = 65_536
    private var readEnd: Int32
    private(set) var writeEnd: Int32
    private var bytes: [UInt8] = []

    init() throws(EmbeddedPostgresError) {
        (readEnd, writeEnd) = try Descriptors.pipe()
        _ = fcntl(readEnd, F_SETFL, O_NONBLOCK)
    }

    /// What was read so far; broken UTF-8 is replaced.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Reads all that is there now.
    mutating func drain() {
        guard readEnd >= 0 else { return }
        let ended = withUnsafeTemporaryAllocation(byteCount: 8_192, alignment: 1) { buffer in
            while true {
                let count = read(readEnd, buffer.baseAddress, buffer.count)
                if count > 0 {
                    bytes.append(contentsOf: buffer[..<count])
                    if bytes.count > 2 * Self.limit { bytes.removeFirst(bytes.count - Self.limit) }
                } else if count < 0, errno == EINTR {
                    continue
                } else {
                    return count == 0
                }
            }
        }
        if ended {
            Descriptors.close(readEnd)
            readEnd = -1
        }
    }

    /// Waits until one of the pipes can be read, or the time is over.
    static func wait(_ first: OutputPipe, _ second: OutputPipe, milliseconds: Int32) {
        var polled = [
            pollfd(fd: first.readEnd, events: Int16(POLLIN), revents: 0),
            pollfd(fd: second.readEnd, events: Int16(POLLIN), revents: 0),
        ]
        _ = poll(&polled, nfds_t(polled.count), milliseconds)
    }

    mutating func closeWriteEnd() {
        if writeEnd >= 0 { Descriptors.close(writeEnd) }
        writeEnd = -1
    }

    mutating func close() {
        closeWriteEnd()
        if readEnd >= 0 { Descriptors.close(readEnd) }
        readEnd = -1
    }
}
