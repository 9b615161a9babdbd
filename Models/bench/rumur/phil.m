-- Dining philosophers, the last one in opposite order; same steps as spin/phil.pml.
const N: 14;
type
  Phil: 0..N-1;
  PC: enum { T0, T1, T2, T3 };
var
  fork: array[Phil] of 0..N;           -- 0 free, else owner + 1
  pc: array[Phil] of PC;

function first(i: Phil): Phil; begin if i = N-1 then return 0; else return i; end; end;
function second(i: Phil): Phil; begin if i = N-1 then return N-1; else return i + 1; end; end;

startstate begin
  for i: Phil do fork[i] := 0; pc[i] := T0; end;
end;

ruleset i: Phil do
  rule "T0" pc[i] = T0 & fork[first(i)] = 0 ==> begin fork[first(i)] := i + 1; pc[i] := T1; end;
  rule "T1" pc[i] = T1 & fork[second(i)] = 0 ==> begin fork[second(i)] := i + 1; pc[i] := T2; end;
  rule "T2" pc[i] = T2 ==> begin
    assert "owns both" fork[first(i)] = i + 1 & fork[second(i)] = i + 1;
    fork[first(i)] := 0; pc[i] := T3;
  end;
  rule "T3" pc[i] = T3 ==> begin
    assert "owns second" fork[second(i)] = i + 1;
    fork[second(i)] := 0; pc[i] := T0;
  end;
end;
