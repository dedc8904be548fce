/// How long a message of each type can be, so that a lying length is refused before anything is allocated or awaited.
extension BackendTag {
    /// The largest body of a message whose size depends on texts, other than rows: 32 MiB.
    public static let maximumTextBytes = 0x200_0000

    /// Whether a message of this type can have a body of `bodyBytes` bytes.
    ///
    /// Messages without fields have one size. Counts are 16 bits wide, a cancel key has 4 to 256 bytes, notification
    /// payloads are shorter than a page of the server. Rows and COPY data are bounded by the caller's limit only.
    @inlinable
    public func allows(bodyBytes: Int) -> Bool {
        switch self {
        case .dataRow: bodyBytes >= 2
        case .copyData: true
        case .bindComplete, .closeComplete, .copyDone, .emptyQueryResponse, .noData, .parseComplete,
            .portalSuspended:
            bodyBytes == 0
        case .readyForQuery: bodyBytes == 1
        case .commandComplete: bodyBytes >= 1 && bodyBytes <= 4_096
        case .rowDescription: bodyBytes >= 2 && bodyBytes <= Self.maximumTextBytes
        case .errorResponse, .noticeResponse: bodyBytes >= 1 && bodyBytes <= Self.maximumTextBytes
        case .parameterStatus: bodyBytes >= 2 && bodyBytes <= 0x10_0000
        case .notificationResponse: bodyBytes >= 6 && bodyBytes <= 0x1_0000
        case .parameterDescription: bodyBytes >= 2 && bodyBytes <= 2 + 4 * 65_535
        case .copyInResponse, .copyOutResponse, .copyBothResponse:
            bodyBytes >= 3 && bodyBytes <= 3 + 2 * 65_535
        case .backendKeyData: bodyBytes >= 8 && bodyBytes <= 4 + 256
        case .authentication: bodyBytes >= 4 && bodyBytes <= 0x1_0000
        case .negotiateProtocolVersion: bodyBytes >= 8 && bodyBytes <= 0x1_0000
        case .functionCallResponse: bodyBytes >= 4
        }
    }
}
