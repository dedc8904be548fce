internal import COpenSSL

/// OpenSSL's queue of errors of the current thread.
enum OpenSSLError {
    /// Takes the queue and returns the first reason in it.
    static func take() -> String {
        let code = ERR_get_error()
        ERR_clear_error()
        guard code != 0, let reason = ERR_reason_error_string(code) else { return "unknown reason" }
        return String(cString: reason)
    }
}
