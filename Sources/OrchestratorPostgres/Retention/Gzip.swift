internal import CZlib

/// Packs and unpacks gzip members, and sums bytes.
///
/// A file of several members one after another is a gzip file.
///
/// Source: RFC 1952, sections 2.2 and 2.3; zlib's manual, "Advanced Functions".
enum Gzip {
    /// Window bits for the greatest window with a gzip header and trailer.
    private static let windowBits: Int32 = 15 + 16

    /// One member that holds the bytes; nil if zlib has no memory.
    static func member(_ bytes: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        guard
            deflateInit2_(
                &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                size)
                == Z_OK
        else { return nil }
        defer { deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))) + 64)
        let room = output.count
        let result = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                return deflate(&stream, Z_FINISH)
            }
        }
        guard result == Z_STREAM_END else { return nil }
        output.removeLast(room - Int(stream.total_out))
        return output
    }

    /// Unpacks the member at the beginning of `bytes`, at most `limit` bytes of it.
    ///
    /// - Returns: What it held, checked against its sum, and how long it was packed; nil if it is damaged or
    ///   too long.
    static func unpack(_ bytes: ArraySlice<UInt8>, limit: Int) -> (content: [UInt8], length: Int)? {
        var stream = z_stream()
        guard inflateInit2_(&stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
        else {
            return nil
        }
        defer { inflateEnd(&stream) }
        var input = Array(bytes)
        var content: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        return input.withUnsafeMutableBufferPointer { source -> (content: [UInt8], length: Int)? in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(clamping: source.count)
            while true {
                let result = chunk.withUnsafeMutableBufferPointer { target in
                    stream.next_out = target.baseAddress
                    stream.avail_out = UInt32(target.count)
                    return inflate(&stream, Z_NO_FLUSH)
                }
                let count = chunk.count - Int(stream.avail_out)
                guard result == Z_OK || result == Z_STREAM_END, content.count + count <= limit else {
                    return nil
                }
                content += chunk[..<count]
                if result == Z_STREAM_END { return (content, Int(stream.total_in)) }
                if count == 0, stream.avail_in == 0 { return nil }
            }
        }
    }

    /// The CRC-32 of bytes that follow others with the sum `sum`; it begins at 0.
    static func crc32(_ bytes: [UInt8], after sum: UInt32 = 0) -> UInt32 {
        bytes.withUnsafeBufferPointer { buffer in
            UInt32(truncatingIfNeeded: CZlib.crc32_z(UInt(sum), buffer.baseAddress, buffer.count))
        }
    }
}
