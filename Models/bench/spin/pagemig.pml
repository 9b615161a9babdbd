/* Page migration against page faults, truncation and writeback; safety model.
 * F = number of faulter tasks (1..5).
 * Pages 1 (old, in the page cache at the start) and 2 (free, migration target).
 * lock[p]/tree hold the kind of the owner: 0 none, MIG, TRU, WBK, FLT.
 * Every d_step / single statement below is one atomic step.
 * spin -a -DF=3 -o1 -o2 -o3 pagemig.pml
 */
#ifndef F
#define F 3
#endif
#define MIG 1
#define TRU 2
#define WBK 3
#define FLT 4

byte slot = 1;              /* radix tree slot: 0 empty, else page            */
byte tree;                  /* mapping->tree_lock owner                      */
byte refs[2] = {1,0};              /* page_count                                    */
byte lock[2];               /* PG_locked owner                               */
bool mapg[2] = {1,0};              /* page->mapping present                         */
bool dirty[2] = {1,0};
bool wb[2];                 /* PG_writeback                                  */
bool swc[2] = {1,0};                /* PG_swapcache                                  */
byte pte[F];                /* page mapped by faulter's pte, 0 = none        */
byte fref[F];               /* page on which faulter holds a transient ref   */
bool mref, mnew, mrx;       /* migrator holds: ref on 1, ref on 2, the radix ref of 1 */
byte tref, trx, wref;       /* truncater: ref, radix ref; writeback: ref     */

#define I(p) [(p)-1]

#if F == 1
#define S(a,p) (a[0]==p)
#define NOPTE(p) (pte[0]!=p)
#elif F == 2
#define S(a,p) ((a[0]==p)+(a[1]==p))
#define NOPTE(p) (pte[0]!=p && pte[1]!=p)
#elif F == 3
#define S(a,p) ((a[0]==p)+(a[1]==p)+(a[2]==p))
#define NOPTE(p) (pte[0]!=p && pte[1]!=p && pte[2]!=p)
#elif F == 4
#define S(a,p) ((a[0]==p)+(a[1]==p)+(a[2]==p)+(a[3]==p))
#define NOPTE(p) (pte[0]!=p && pte[1]!=p && pte[2]!=p && pte[3]!=p)
#elif F == 5
#define S(a,p) ((a[0]==p)+(a[1]==p)+(a[2]==p)+(a[3]==p)+(a[4]==p))
#define NOPTE(p) (pte[0]!=p && pte[1]!=p && pte[2]!=p && pte[3]!=p && pte[4]!=p)
#endif

#define HELD(p) ((slot==p) + S(pte,p) + S(fref,p) + (tref==p) + (trx==p) + (wref==p))
#define INV assert(refs[0] == HELD(1) + mref + mrx && refs[1] == HELD(2) + mnew)

#define UNMAP(f,p) :: d_step { (pte[f]==p) -> pte[f] = 0; refs I(p) --; dirty I(p) = 1; INV }
#if F == 1
#define UNMAPANY(p) UNMAP(0,p)
#elif F == 2
#define UNMAPANY(p) UNMAP(0,p) UNMAP(1,p)
#elif F == 3
#define UNMAPANY(p) UNMAP(0,p) UNMAP(1,p) UNMAP(2,p)
#elif F == 4
#define UNMAPANY(p) UNMAP(0,p) UNMAP(1,p) UNMAP(2,p) UNMAP(3,p)
#elif F == 5
#define UNMAPANY(p) UNMAP(0,p) UNMAP(1,p) UNMAP(2,p) UNMAP(3,p) UNMAP(4,p)
#endif

active [F] proctype Faulter()      /* _pid 0 .. F-1 */
{	byte pg;
F0:	if                                                    /* look the slot up */
	:: (slot == 0) -> goto FD
	:: d_step { (slot != 0) -> pg = slot }
	fi;
F1:	if                                                    /* get_page_unless_zero */
	:: d_step { (refs I(pg) == 0) -> pg = 0 } -> goto F0
	:: d_step { (refs I(pg) != 0) -> refs I(pg) ++; fref[_pid] = pg; INV }
	fi;
F2:	if :: d_step { (lock I(pg) == 0) -> lock I(pg) = FLT } fi;   /* lock_page */
F3:	if                                                    /* still in the cache? */
	:: (!mapg I(pg)) -> goto F6
	:: (mapg I(pg))
	fi;
F4:	if :: d_step { pte[_pid] = pg; fref[_pid] = 0; INV } fi;     /* map: the pte takes the ref over */
F5:	if :: d_step { assert(lock I(pg) == FLT); lock I(pg) = 0; pg = 0 } -> goto F8 fi;
F6:	if :: d_step { assert(lock I(pg) == FLT); lock I(pg) = 0 } fi;
F7:	if :: d_step { refs I(pg) --; fref[_pid] = 0; pg = 0; INV } -> goto F0 fi;
F8:	if                                                    /* refault, or zap the pte */
	:: (pte[_pid] == 0) -> goto F0
	:: d_step { (pte[_pid] != 0) -> refs I(pte[_pid]) --; dirty I(pte[_pid]) = 1; pte[_pid] = 0; INV }
	fi;
FD:
end_f:	(false)
}

active proctype Migrator()
{
	if                                                    /* M0 isolate page 1 */
	:: (slot != 1) -> goto MD
	:: d_step { (slot == 1) -> refs[0]++; mref = 1; INV }
	fi;
M1:	if :: d_step { (lock[0] == 0) -> lock[0] = MIG } fi;
M2:	if                                                    /* truncated meanwhile? else allocate page 2 */
	:: (!mapg[0]) -> goto M13
	:: d_step { (mapg[0]) -> assert(refs[1] == 0 && lock[1] == 0); refs[1]++; mnew = 1; lock[1] = MIG; INV }
	fi;
M3:	if :: (!wb[0]) fi;                                    /* wait_on_page_writeback */
M4:	do                                                    /* unmap the ptes, one a step, any order */
	UNMAPANY(1)
	:: (NOPTE(1)) -> break
	od;
M5:	if :: d_step { (tree == 0) -> tree = MIG } fi;
M6:	if                                                    /* count == nr_refs && slot == page */
	:: (refs[0] == 2 && slot == 1)
	:: d_step { !(refs[0] == 2 && slot == 1) -> tree = 0 } -> goto M11
	fi;
M7:	if :: d_step { slot = 2; refs[1]++; mapg[1] = 1; swc[1] = swc[0]; mrx = 1; INV } fi;
M8:	if :: d_step { refs[0]--; mrx = 0; INV } fi;
M9:	if :: d_step { assert(tree == MIG); tree = 0 } fi;
M10:	if :: d_step { dirty[1] = dirty[0]; dirty[0] = 0; mapg[0] = 0; swc[0] = 0 } fi;   /* copy */
M11:	if :: d_step { assert(lock[1] == MIG); lock[1] = 0 } fi;
M12:	if :: d_step { refs[1]--; mnew = 0; INV } fi;
M13:	if :: d_step { assert(lock[0] == MIG); lock[0] = 0 } fi;
M14:	if :: d_step { refs[0]--; mref = 0; INV } fi;
MD:
end_m:	(false)
}

active proctype Truncater()
{	byte pg;
T0:	if
	:: (slot == 0) -> goto TD
	:: d_step { (slot != 0) -> pg = slot }
	fi;
T1:	if
	:: d_step { (refs I(pg) == 0) -> pg = 0 } -> goto T0
	:: d_step { (refs I(pg) != 0) -> refs I(pg) ++; tref = pg; INV }
	fi;
T2:	if :: d_step { (lock I(pg) == 0) -> lock I(pg) = TRU } fi;
T3:	if
	:: (!mapg I(pg)) -> goto T12
	:: (mapg I(pg))
	fi;
T4:	if :: (!wb I(pg)) fi;
T5:	do
	UNMAPANY(pg)
	:: (NOPTE(pg)) -> break
	od;
T6:	if :: d_step { (tree == 0) -> tree = TRU } fi;
T7:	if :: d_step { slot = 0; mapg I(pg) = 0; swc I(pg) = 0; dirty I(pg) = 0; trx = pg; INV } fi;
T8:	if :: d_step { assert(tree == TRU); tree = 0 } fi;
T9:	if :: d_step { refs I(pg) --; trx = 0; INV } fi;
T10:	if :: d_step { assert(lock I(pg) == TRU); lock I(pg) = 0 } fi;
T11:	if :: d_step { refs I(pg) --; tref = 0; pg = 0; INV } -> goto TD fi;
T12:	if :: d_step { assert(lock I(pg) == TRU); lock I(pg) = 0 } fi;
T13:	if :: d_step { refs I(pg) --; tref = 0; pg = 0; INV } -> goto T0 fi;
TD:
end_t:	(false)
}

active proctype Writeback()
{	byte pg;
W0:	if
	:: (slot == 0) -> goto WD
	:: d_step { (slot != 0) -> pg = slot }
	fi;
W1:	if
	:: d_step { (refs I(pg) == 0) -> pg = 0 } -> goto W0
	:: d_step { (refs I(pg) != 0) -> refs I(pg) ++; wref = pg; INV }
	fi;
W2:	if :: d_step { (lock I(pg) == 0) -> lock I(pg) = WBK } fi;
W3:	if
	:: (!(mapg I(pg) && dirty I(pg))) -> goto W6
	:: d_step { (mapg I(pg) && dirty I(pg)) -> wb I(pg) = 1; dirty I(pg) = 0 }
	fi;
W4:	if :: d_step { assert(lock I(pg) == WBK); lock I(pg) = 0 } fi;
W5:	if :: d_step { wb I(pg) = 0 } -> goto W7 fi;
W6:	if :: d_step { assert(lock I(pg) == WBK); lock I(pg) = 0 } fi;
W7:	if :: d_step { refs I(pg) --; wref = 0; pg = 0; INV } -> goto W0 fi;
WD:
end_w:	(false)
}
