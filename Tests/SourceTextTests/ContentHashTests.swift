import SourceText
import Testing

@Suite struct ContentHashTests {
  /// The examples of FIPS 180-2, and the empty message.
  @Test(
    "known messages have their known hashes",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func known(_ message: String, _ expected: String) {
    var hash = ContentHash()
    hash.add(Array(message.utf8))
    #expect(hash.finish() == expected)
  }

  @Test("it does not matter in which pieces a message comes", arguments: [1, 7, 63, 64, 65, 200])
  func pieces(_ size: Int) {
    let message = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var whole = ContentHash()
    whole.add(message)
    var cut = ContentHash()
    for start in stride(from: 0, to: message.count, by: size) {
      cut.add(Array(message[start..<min(start + size, message.count)]))
    }
    #expect(cut.finish() == whole.finish())
  }
}
