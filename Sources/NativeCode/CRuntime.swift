/// The part of every C unit that is the same for all systems.
///
/// No header is included, so that the compiler's own files are all that is needed.
enum CRuntime {
  /// The layout of the memory that Swift and C share; see ``NativeContext`` for the other side.
  static let declarations = """
    typedef unsigned long long u64;
    typedef long long i64;
    typedef unsigned int u32;
    typedef unsigned short u16;
    typedef unsigned char u8;
    typedef u64 Origin; /* process, and ordinal in the upper half */
    typedef struct { u64 process, ordinal, failure; i64 value; } Failure;
    typedef struct { i64 value, count; } Choice;
    typedef struct {
      u64 *states; Origin *origins; u64 count, capacity;
      Failure *failures; u64 failureCount, failureCapacity;
      u8 *covered; u8 *witnessed;
      Choice *choices; u64 planned, met;
      u64 *saved; u64 status; u64 failure; i64 value;
    } Context;
    typedef struct { i64 edge; u64 period, passes; } Circle;
    #define INLINE static inline __attribute__((always_inline, unused))

    """

  /// The names of the functions in ``helpers``.
  static let helperNames = [
    "at", "nothing", "quotient", "rest", "ones", "lowest", "arrive", "copy", "keep", "fail",
    "choose",
    "another", "circle",
  ]

  /// Helpers; `WORDS`, `PROCESSES` and `CHOICES` are defined before them.
  static let helpers = """
    INLINE u64 at(i64 index, u64 count) {
      if ((u64)index >= count) __builtin_trap();
      return (u64)index;
    }
    static __attribute__((noinline, cold, unused)) i64 nothing(void) { __builtin_trap(); }
    INLINE i64 quotient(i64 a, i64 b) {
      return b == 0 ? a : b == -1 ? (i64)(0 - (u64)a) : a / b;
    }
    INLINE i64 rest(i64 a, i64 b) { return b == 0 ? a : b == -1 ? 0 : a % b; }
    INLINE i64 ones(u64 x) {
      x -= (x >> 1) & 0x5555555555555555ull;
      x = (x & 0x3333333333333333ull) + ((x >> 2) & 0x3333333333333333ull);
      x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0full;
      return (i64)((x * 0x0101010101010101ull) >> 56);
    }
    INLINE i64 lowest(u64 x) { return x ? (i64)__builtin_ctzll(x) : 64; }
    INLINE u64 arrive(Context *c, u64 n, const u64 *t, u32 process, u32 ordinal, u64 more) {
      u64 *o = c->states + n * WORDS;
      for (int i = 0; i < WORDS; i++) o[i] = t[i];
      c->origins[n] = process | (u64)ordinal << 32;
      return n + more;
    }
    static __attribute__((noinline, unused)) u64 *copy(Context *c, u64 n, const u64 *s) {
      u64 *t = c->states + n * WORDS;
      for (int i = 0; i < WORDS; i++) t[i] = s[i];
      return t;
    }
    INLINE u64 keep(Context *c, u64 n, u32 process, u32 ordinal) {
      c->origins[n] = process | (u64)ordinal << 32;
      return n + 1;
    }
    static __attribute__((noinline, cold, unused)) void fail(
        Context *c, u64 process, u64 ordinal, u64 failure, i64 value) {
      if (c->failureCount == c->failureCapacity) { c->status = 1; return; }
      Failure *f = &c->failures[c->failureCount++];
      f->process = process; f->ordinal = ordinal; f->failure = failure; f->value = value;
    }
    INLINE i64 choose(Context *c, i64 count) {
      if (c->met == c->planned) {
        if (c->planned == CHOICES) { c->status = 2; c->met = 0; c->planned = 0; return 0; }
        c->choices[c->planned].value = 0;
        c->choices[c->planned++].count = count;
      }
      return c->choices[c->met++].value;
    }
    INLINE int another(Context *c) {
      c->met = 0;
      while (c->planned) {
        Choice *last = &c->choices[c->planned - 1];
        if (last->value + 1 < last->count) { last->value++; return 1; }
        c->planned--;
      }
      return 0;
    }
    static __attribute__((noinline, unused)) int circle(
        Context *c, Circle *k, i64 edge, const u64 *now, u64 size) {
      if (edge == k->edge) {
        u64 i = 0;
        while (i < size && c->saved[i] == now[i]) i++;
        if (i == size) return 1;
      }
      k->passes++;
      if (k->edge < 0 || k->passes == k->period) {
        if (k->edge >= 0) k->period *= 2;
        k->passes = 0;
        k->edge = edge;
        for (u64 i = 0; i < size; i++) c->saved[i] = now[i];
      }
      return 0;
    }

    """
}
