internal import COpenSSL

/// A version of TLS.
public enum TLSVersion: String, Sendable, CaseIterable {
    case v12 = "TLSv1.2"
    case v13 = "TLSv1.3"

    var openSSL: Int { self == .v12 ? Int(TLS1_2_VERSION) : Int(TLS1_3_VERSION) }
}
