/* Dining philosophers, N of them (cyclic), deadlock-free because the last one
 * takes its forks in the opposite order.
 *   T0: await fork[first] free, take it      T2: release first fork
 *   T1: await fork[second] free, take it     T3: release second fork
 * spin -a -DN=12 -o1 -o2 -o3 phil.pml
 */
#ifndef N
#define N 12
#endif
byte fork[N];       /* 0 = free, else owner's pid+1 */
#define ME     (_pid + 1)
#define FIRST  (_pid == N-1 -> 0   : _pid)
#define SECOND (_pid == N-1 -> N-1 : _pid+1)

active [N] proctype Phil()
{	do
	:: d_step { (fork[FIRST] == 0)  -> fork[FIRST]  = ME };                             /* T0 */
	   d_step { (fork[SECOND] == 0) -> fork[SECOND] = ME };                             /* T1 */
	   d_step { assert(fork[FIRST] == ME && fork[SECOND] == ME); fork[FIRST] = 0 };     /* T2 */
	   d_step { assert(fork[SECOND] == ME); fork[SECOND] = 0 }                          /* T3 */
	od
}
