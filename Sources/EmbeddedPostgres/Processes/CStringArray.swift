#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Strings as C wants them: an array of pointers that ends with a null pointer.
struct CStringArray {
    let pointers: [UnsafeMutablePointer<CChar>?]

    init(_ strings: [String]) {
        pointers = strings.map { strdup($0) } + [nil]
    }

    func free() {
        for pointer in pointers {
            releaseMemory(pointer)
        }
    }
}

private func releaseMemory(_ pointer: UnsafeMutablePointer<CChar>?) { free(pointer) }
