-- Peterson's filter lock; same steps as spin/filter.pml.
-- Size: replace the constant N below. Proc is a
-- scalarset, so the same file serves with symmetry reduction on and off.
const N: 6;
type
  Proc: scalarset(N);
  PC: enum { S0, S1, S2, S3 };
var
  level: array[Proc] of 0..N-1;
  victim: array[1..N-1] of Proc;       -- undefined until first written
  pc: array[Proc] of PC;
  ncs: 0..N;                           -- ghost: processes in the critical section

startstate begin
  for i: Proc do level[i] := 0; pc[i] := S0; end;
  ncs := 0;
end;

ruleset i: Proc do
  rule "S0" pc[i] = S0 ==> begin level[i] := level[i] + 1; pc[i] := S1; end;
  rule "S1" pc[i] = S1 ==> begin victim[level[i]] := i; pc[i] := S2; end;
  rule "S2" pc[i] = S2 & (victim[level[i]] != i | forall k: Proc do k = i | level[k] < level[i] end) ==>
  begin
    if level[i] < N-1 then pc[i] := S0; else pc[i] := S3; ncs := ncs + 1; end;
  end;
  rule "S3" pc[i] = S3 ==> begin ncs := ncs - 1; level[i] := 0; pc[i] := S0; end;
end;

invariant "mutual exclusion" ncs <= 1;
