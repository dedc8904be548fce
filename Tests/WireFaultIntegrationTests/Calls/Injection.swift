import TestSupport

/// An error that the system is made to answer a call of the client with.
struct Injection: Sendable, CustomStringConvertible {
    /// The calls, as strace names them; those that a machine does not have begin with a question mark.
    let call: String
    /// The error, as the manual names it.
    let error: String
    /// Which of the calls, counted in each thread; `3+2` for every second one from the third on.
    let when: String
    /// Whether nobody may notice.
    let isInvisible: Bool

    var description: String { "\(call) \(error) at call \(when)" }

    /// Its kind, for the matrix.
    var kind: String { "\(call.replacing("?", with: "")), \(error)" }

    /// Every injection of a full run.
    static let all: [Injection] = {
        var all: [Injection] = []
        for call in ["recvfrom", "sendto"] {
            for error in ["ECONNRESET", "EPIPE", "ETIMEDOUT"] {
                all += (1...100).map {
                    Injection(call: call, error: error, when: "\($0)", isInvisible: false)
                }
            }
            for error in ["EINTR", "EAGAIN"] {
                all += (1...60).map { Injection(call: call, error: error, when: "\($0)", isInvisible: true) }
                all += (1...10).map {
                    Injection(call: call, error: error, when: "\($0)+2", isInvisible: true)
                }
            }
        }
        for call in ["?epoll_wait,?epoll_pwait", "ppoll"] {
            all += (1...40).map { Injection(call: call, error: "EINTR", when: "\($0)", isInvisible: true) }
            all += (1...10).map { Injection(call: call, error: "EINTR", when: "\($0)+2", isInvisible: true) }
        }
        all += (1...2).map { Injection(call: "connect", error: "EINTR", when: "\($0)", isInvisible: true) }
        for error in ["ECONNREFUSED", "ETIMEDOUT", "ENETUNREACH", "EADDRNOTAVAIL"] {
            all.append(Injection(call: "connect", error: error, when: "1", isInvisible: false))
        }
        all += (1...24).map {
            Injection(call: "epoll_ctl", error: "ENOMEM", when: "\($0)", isInvisible: false)
        }
        // What the first connection needs before there is a socket.
        all += [
            Injection(call: "epoll_create1", error: "EMFILE", when: "1", isInvisible: false),
            Injection(call: "eventfd2", error: "EMFILE", when: "1", isInvisible: false),
            Injection(call: "?clone,?clone3", error: "EAGAIN", when: "1", isInvisible: false),
        ]
        return all
    }()
}
