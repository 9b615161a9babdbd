internal import Execution

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A loaded library with the code of one system; it is unloaded when nothing uses it any more.
@safe
package final class NativeLibrary: @unchecked Sendable {
  /// Why a library was not loaded.
  struct LoadError: Error {
    var text: String
  }

  // The last parameter of all is the `NativeContext`.

  typealias Expand =
    @convention(c) (UnsafePointer<UInt64>, UnsafeMutableRawPointer) -> UInt64
  typealias Judge =
    @convention(c) (UInt64, UnsafePointer<UInt64>, UnsafeMutableRawPointer) -> Int32
  typealias News =
    @convention(c) (UnsafePointer<UInt64>, UnsafeMutableRawPointer) -> Int32

  private let handle: UnsafeMutableRawPointer
  let expand: Expand
  let judge: Judge
  let news: News

  /// What `handle` stays open for, if that is shared with others.
  private let owner: NativeLibrary?

  private init?(_ handle: UnsafeMutableRawPointer, prefix: String, owner: NativeLibrary?) {
    guard let expand = unsafe dlsym(handle, prefix + "pagerace_expand"),
      let judge = unsafe dlsym(handle, prefix + "pagerace_judge"),
      let news = unsafe dlsym(handle, prefix + "pagerace_news")
    else { return nil }
    unsafe self.handle = handle
    self.owner = owner
    unsafe self.expand = unsafeBitCast(expand, to: Expand.self)
    unsafe self.judge = unsafeBitCast(judge, to: Judge.self)
    unsafe self.news = unsafeBitCast(news, to: News.self)
  }

  deinit { if owner == nil { _ = unsafe dlclose(handle) } }

  /// Returns the code of one of the systems that ``CEmitter/emitTogether(_:)`` has put into this library.
  package func member(_ index: Int) -> NativeLibrary? {
    unsafe NativeLibrary(handle, prefix: "s\(index)_", owner: self)
  }

  /// Loads a library that says that it has the given key.
  ///
  /// A library of several systems has a first one.
  static func load(_ path: String, key: String) -> Result<NativeLibrary, LoadError> {
    guard let handle = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      return .failure(LoadError(text: "it cannot be loaded"))
    }
    if let name = unsafe dlsym(handle, "pagerace_key"),
      unsafe strncmp(name.assumingMemoryBound(to: CChar.self), key, key.utf8.count + 1) == 0,
      let library = unsafe NativeLibrary(handle, prefix: "", owner: nil)
        ?? NativeLibrary(handle, prefix: "s0_", owner: nil)
    {
      return .success(library)
    }
    _ = unsafe dlclose(handle)
    return .failure(LoadError(text: "it is not a library with this model's code"))
  }
}

/// What Swift and C share; `CRuntime.declarations` has the other side, field for field.
///
/// Every field has eight bytes, so that both lay it out alike.
@unsafe
struct NativeContext {
  var states: UnsafeMutablePointer<UInt64>
  var origins: UnsafeMutablePointer<SuccessorBatch.Origin>
  var count: UInt64 = 0
  var capacity: UInt64 = 0
  var failures: UnsafeMutablePointer<NativeFailure>
  var failureCount: UInt64 = 0
  var failureCapacity: UInt64 = 64
  var covered: UnsafeMutablePointer<UInt8>
  var witnessed: UnsafeMutablePointer<UInt8>
  var choices: UnsafeMutablePointer<Int64>
  var planned: UInt64 = 0
  var met: UInt64 = 0
  var saved: UnsafeMutablePointer<UInt64>
  /// 0 for success, 1 if there was not enough room, 2 if there were too many choices.
  var status: UInt64 = 0
  var failure: UInt64 = 0
  var value: Int64 = 0
}

/// A run that failed, as C writes it down.
struct NativeFailure {
  var process: UInt64
  var ordinal: UInt64
  var failure: UInt64
  var value: Int64
}
