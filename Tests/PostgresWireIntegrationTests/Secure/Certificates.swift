import Foundation
import Synchronization

/// The certificates of the tests of encryption, made anew by `openssl` for every run.
struct Certificates: Sendable {
    /// Holds `NAME.crt` and `NAME.key` for each name below, and the list `revoked.crl`.
    let folder: String

    func certificate(_ name: String) -> String { "\(folder)/\(name).crt" }
    func key(_ name: String) -> String { "\(folder)/\(name).key" }
    func text(_ name: String) throws -> String {
        try String(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"), encoding: .utf8)
    }

    /// Makes them all; takes about two seconds.
    static func make() async throws -> Certificates {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "wire-certificates-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        _ = removesAtExit
        made.withLock { $0.append(folder) }
        let result = try await TestShell.run(script, [folder])
        guard result.code == 0 else { throw TestShell.Failure(text: result.output) }
        return Certificates(folder: folder)
    }

    private static let made = Mutex<[String]>([])

    /// Removes the folders when the process ends in an orderly way.
    private static let removesAtExit: Void = {
        atexit {
            for folder in made.withLock({ $0 }) { try? FileManager.default.removeItem(atPath: folder) }
        }
    }()

    private static let script = """
        set -eu; cd "$1"; umask 077; exec 2>&1
        names=DNS:localhost,DNS:db.test,IP:127.0.0.1
        ec='-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'
        ca() {
          openssl req -x509 $ec -days 3650 -subj "/CN=$2" -keyout "$1.key" -out "$1.crt" \\
            -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign
        }
        sign() { # name, names, authority, options of openssl x509
          name=$1 san=$2 authority=$3; shift 3
          printf 'basicConstraints=CA:FALSE\\nkeyUsage=digitalSignature\\n%s\\n%s\\n' \\
            "${usage:-extendedKeyUsage=serverAuth,clientAuth}" "${san:+subjectAltName=$san}" > "$name.ext"
          openssl x509 -req -in "$name.csr" -CA "$authority.crt" -CAkey "$authority.key" -CAcreateserial \\
            -extfile "$name.ext" -out "$name.crt" "$@"
        }
        leaf() { # name, subject, names, authority
          openssl req $ec -subj "$2" -keyout "$1.key" -out "$1.csr"
          sign "$1" "$3" "$4" -days 825 -sha256
        }
        ca ca 'Test CA'; ca otherca 'Other CA'
        leaf server /CN=db.test $names ca
        leaf wrongname /CN=elsewhere.test DNS:elsewhere.test ca
        leaf wild /CN=x 'DNS:*.db.test' ca
        leaf partial /CN=x 'DNS:d*.test' ca
        leaf cnonly /CN=localhost '' ca
        leaf stranger /CN=db.test $names otherca
        leaf client /CN=app '' ca
        leaf client-stranger /CN=app '' otherca
        leaf client-other /CN=mallory '' ca
        usage=extendedKeyUsage=clientAuth leaf notserver /CN=localhost $names ca
        openssl ec -in client.key -aes256 -passout pass:canary-passphrase -out client-locked.key
        cp client.crt client-locked.crt; cp client.key client-open.key; chmod 644 client-open.key
        openssl req $ec -subj /CN=localhost -keyout expired.key -out expired.csr
        mkdir demo; : > demo/index.txt; echo 01 > demo/serial; echo 01 > demo/crlnumber
        printf '%s\\n' '[ca]' 'default_ca=d' '[d]' 'dir=demo' 'database=demo/index.txt' 'serial=demo/serial' \\
          'crlnumber=demo/crlnumber' 'new_certs_dir=demo' 'default_md=sha256' 'policy=p' \\
          'unique_subject=no' '[p]' 'commonName=supplied' > ca.cnf
        echo "subjectAltName=$names" > san.ext
        openssl ca -batch -config ca.cnf -cert ca.crt -keyfile ca.key -startdate 20200101000000Z \\
          -enddate 20200201000000Z -in expired.csr -extfile san.ext -out expired.crt -notext
        openssl ca -config ca.cnf -cert ca.crt -keyfile ca.key -gencrl -crldays 30 -out empty.crl
        openssl ca -config ca.cnf -cert ca.crt -keyfile ca.key -revoke server.crt
        openssl ca -config ca.cnf -cert ca.crt -keyfile ca.key -gencrl -crldays 30 -out revoked.crl
        rsa() { openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout "$1.key" -out "$1.csr"; }
        rsa rsa384; sign rsa384 $names ca -days 825 -sha384
        rsa rsa512; sign rsa512 $names ca -days 825 -sha512
        rsa rsapss; openssl req -x509 -key rsapss.key -days 825 -sha256 -subj /CN=localhost -out rsapss.crt \\
          -sigopt rsa_padding_mode:pss -addext "subjectAltName=$names"
        openssl req -x509 -newkey ed25519 -nodes -days 825 -subj /CN=localhost -keyout ed25519.key \\
          -out ed25519.crt -addext "subjectAltName=$names"
        """
}
