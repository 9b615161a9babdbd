/* Peterson's filter lock, N processes (cyclic), with the wait loop scanned one
 * competitor k at a time (as real code does).
 *   S0: level[i] := level[i]+1
 *   S1: victim[level[i]] := i, k := first competitor
 *   S2: await level[k] < level[i] \/ victim[level[i]] # i ; k := next competitor
 *       after the last competitor: -> S0 when level[i] < N-1, -> S3 when level[i] = N-1; k := 0
 *   S3: level[i] := 0 -> S0
 * spin -a -DN=4 -o1 -o2 -o3 filterscan.pml
 */
#ifndef N
#define N 4
#endif
byte level[N];
byte victim[N];     /* victim[0] unused; 0 = none, else pid+1 */
byte ncs;           /* ghost */

#define ME     _pid
#define FIRST  (ME == 0 -> 1 : 0)
#define LAST   (ME == N-1 -> N-2 : N-1)
#define NEXT   (k+1 == ME -> k+2 : k+1)
#define PASS   (level[k] < level[ME] || victim[level[ME]] != ME+1)

active [N] proctype P()
{	byte k;
S0:	level[ME] = level[ME] + 1;
S1:	d_step { victim[level[ME]] = ME + 1; k = FIRST };
S2:	if
	:: d_step { (k != LAST && PASS) -> k = NEXT } -> goto S2
	:: d_step { (k == LAST && level[ME] <  N-1 && PASS) -> k = 0 } -> goto S0
	:: d_step { (k == LAST && level[ME] == N-1 && PASS) -> k = 0; ncs++; assert(ncs == 1) }
	fi;
S3:	d_step { ncs--; level[ME] = 0 };
	goto S0
}
