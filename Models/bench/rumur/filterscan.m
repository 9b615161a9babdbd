-- Peterson's filter lock with the competitors scanned one at a time;
-- same steps as spin/filterscan.pml. (The scan order breaks the symmetry.)
const N: 5;
type
  Proc: 0..N-1;
  PC: enum { S0, S1, S2, S3 };
var
  level: array[Proc] of 0..N-1;
  victim: array[1..N-1] of 0..N;       -- 0 none, else process + 1
  k: array[Proc] of Proc;
  pc: array[Proc] of PC;
  ncs: 0..N;

startstate begin
  for i: Proc do level[i] := 0; pc[i] := S0; k[i] := 0; end;
  for l: 1..N-1 do victim[l] := 0; end;
  ncs := 0;
end;

ruleset i: Proc do
  rule "S0" pc[i] = S0 ==> begin level[i] := level[i] + 1; pc[i] := S1; end;
  rule "S1" pc[i] = S1 ==> begin
    victim[level[i]] := i + 1; pc[i] := S2;
    if i = 0 then k[i] := 1; else k[i] := 0; end;
  end;
  rule "S2" pc[i] = S2 & (level[k[i]] < level[i] | victim[level[i]] != i + 1) ==>
  begin
    if (i = N-1 & k[i] = N-2) | (i != N-1 & k[i] = N-1) then      -- last competitor
      k[i] := 0;
      if level[i] < N-1 then pc[i] := S0; else pc[i] := S3; ncs := ncs + 1; end;
    else
      if k[i] + 1 = i then k[i] := k[i] + 2; else k[i] := k[i] + 1; end;
    end;
  end;
  rule "S3" pc[i] = S3 ==> begin ncs := ncs - 1; level[i] := 0; pc[i] := S0; end;
end;

invariant "mutual exclusion" ncs <= 1;
