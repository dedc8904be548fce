/// The one error that stores throw.
///
/// `description` shows the code, what happened and what to do next. The cause holds the text of the error below
/// (the driver's code, SQLSTATE and primary message) and no parameters, SQL text or row data.
public struct StoreError: Error, Hashable, Sendable {
    /// Why the call failed, with the fields of the named errors.
    public let code: StoreErrorCode
    /// What the failed call left behind.
    public let effect: StoreEffect
    /// The text of the error below, if there was one.
    public let cause: String?
    /// What to do next, in one sentence.
    public let remedy: String

    /// Creates an error; without `remedy` the general one of the code is used.
    public init(
        _ code: StoreErrorCode, effect: StoreEffect = .none, cause: String? = nil, remedy: String? = nil
    ) {
        self.code = code
        self.effect = effect
        self.cause = cause
        self.remedy = remedy ?? code.defaultRemedy
    }

    /// Whether the same call may succeed a moment later; look at `effect` before you try again.
    public var isTransient: Bool { code.isTransient }

    /// Whether the run now belongs to somebody else: stop it, write nothing more.
    public var meansClaimLost: Bool { code.meansClaimLost }
}

extension StoreError: CustomStringConvertible {
    /// Code, what happened, the cause, and what to do.
    public var description: String {
        let reason = cause.map { " Cause: \($0)." } ?? ""
        return "StoreError(\(code.name), effect \(effect.rawValue)): \(code.sentence)\(reason) \(remedy)"
    }
}
