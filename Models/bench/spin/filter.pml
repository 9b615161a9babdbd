/* Peterson's filter lock for N processes (cyclic).
 * One atomic step per shared-variable write, one atomic step per wait test.
 *   S0: level[i] := level[i]+1            (next level)
 *   S1: victim[level[i]] := i
 *   S2: await victim[level[i]] # i \/ forall k#i: level[k] < level[i]
 *         -> S0 when level[i] < N-1, -> S3 (critical section) when level[i] = N-1
 *   S3: level[i] := 0  -> S0
 * spin -a -DN=4 -o1 -o2 -o3 filter.pml
 */
#ifndef N
#define N 4
#endif
byte level[N];
byte victim[N];     /* victim[0] is unused; 0 = none, else pid+1 */
byte ncs;           /* ghost: processes in the critical section (function of the pcs) */

#define ME     _pid
#define LT(k)  (k == ME || level[k] < level[ME])
#if N == 2
#define ALLLT (LT(0) && LT(1))
#elif N == 3
#define ALLLT (LT(0) && LT(1) && LT(2))
#elif N == 4
#define ALLLT (LT(0) && LT(1) && LT(2) && LT(3))
#elif N == 5
#define ALLLT (LT(0) && LT(1) && LT(2) && LT(3) && LT(4))
#elif N == 6
#define ALLLT (LT(0) && LT(1) && LT(2) && LT(3) && LT(4) && LT(5))
#endif
#define PASS (victim[level[ME]] != ME+1 || ALLLT)

active [N] proctype P()
{
S0:	level[ME] = level[ME] + 1;
S1:	victim[level[ME]] = ME + 1;
S2:	if
	:: (level[ME] <  N-1 && PASS) -> goto S0
	:: d_step { (level[ME] == N-1 && PASS) -> ncs++; assert(ncs == 1) }
	fi;
S3:	d_step { ncs--; level[ME] = 0 };
	goto S0
}
