/* a test
   Written by pagerace export.

   spin -a -o1 -o2 -o3 FILE && cc -O2 -DSAFETY -DNOREDUCE -o pan pan.c && ./pan -n

   Where nothing is violated, the numbers of SPIN's unreduced search are those of Pagerace:
     states       the same
     transitions  1 more: SPIN counts the initial state as one
   A deadlock is an invalid end state.

   Each step is one d_step, with one alternative for each choice and for each point that it
   leads to. Variables are called v, arrays a, program counters pc and temporaries r.

   assert(n == 0 ...) fails with
   1  both_count
*/

byte v0;                 /* count */
byte pc0;                /* adder[0].pc */
byte v2;                 /* adder[0].local */
byte pc1;                /* adder[1].pc */
byte v4;                 /* adder[1].local */

/* adder[0]  test.race:1 */
active proctype p0() {
  /* 0  adder[0] at 0  test.race:1 */
start:
  if
  :: d_step { true ->
       v2 = v0;
       pc0 = 1
     }; goto L1
  fi;
  /* 1  adder[0] at 1  test.race:1 */
L1:
  if
  :: d_step { true ->
       v0 = v2 + 1;
       v2 = 0;
       pc0 = 2
     }; goto end_L2
  fi;
  /* 2  the end  test.race:1 */
end_L2:
  false;
}

/* adder[1]  test.race:1 */
active proctype p1() {
  /* 0  adder[1] at 0  test.race:1 */
start:
  if
  :: d_step { true ->
       v4 = v0;
       pc1 = 1
     }; goto L1
  fi;
  /* 1  adder[1] at 1  test.race:1 */
L1:
  if
  :: d_step { true ->
       v0 = v4 + 1;
       v4 = 0;
       pc1 = 2
     }; goto end_L2
  fi;
  /* 2  the end  test.race:1 */
end_L2:
  false;
}

/* All tasks have ended, no handler runs, and nothing can happen but what a daemon
   does that rests. */
#define at_rest ((pc0 == 2) && (pc1 == 2))

/* Looks at the properties. It moves only when one is false, and then it fails. */
active proctype monitor() {
end_monitor:
  do
  /* finally both_count  test.race:1 */
  :: d_step { at_rest && (v0 != 2) -> assert(1 == 0) }
  od
}
