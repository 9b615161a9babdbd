-- Page migration against faults, truncation and writeback; same steps and the same
-- state content as spin/pagemig.pml. F faulters (scalarset).
const F: 3;
type
  Faulter: scalarset(F);
  Page: 1..2;
  Page0: 0..2;
  Owner: enum { NONE, MIG, TRU, WBK, FLT };
  FPC: enum { F0, F1, F2, F3, F4, F5, F6, F7, F8, FD };
  MPC: enum { M0, M1, M2, M3, M4, M5, M6, M7, M8, M9, M10, M11, M12, M13, M14, MD };
  TPC: enum { T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, TD };
  WPC: enum { W0, W1, W2, W3, W4, W5, W6, W7, WD };
var
  slot: Page0;
  tree: Owner;
  refs: array[Page] of 0..F+4;
  lock: array[Page] of Owner;
  mapg, dirty, wb, swc: array[Page] of boolean;
  pte: array[Faulter] of Page0;
  fref: array[Faulter] of Page0;
  fpg: array[Faulter] of Page0;
  fpc: array[Faulter] of FPC;
  mref, mnew, mrx: boolean;
  mpc: MPC;
  tref, trx, tpg: Page0;
  tpc: TPC;
  wref, wpg: Page0;
  wpc: WPC;

startstate begin
  slot := 1; tree := NONE;
  for p: Page do
    refs[p] := 0; lock[p] := NONE; mapg[p] := false; dirty[p] := false; wb[p] := false; swc[p] := false;
  end;
  refs[1] := 1; mapg[1] := true; dirty[1] := true; swc[1] := true;
  for f: Faulter do pte[f] := 0; fref[f] := 0; fpg[f] := 0; fpc[f] := F0; end;
  mref := false; mnew := false; mrx := false; mpc := M0;
  tref := 0; trx := 0; tpg := 0; tpc := T0;
  wref := 0; wpg := 0; wpc := W0;
end;

ruleset f: Faulter do
  rule "F0" fpc[f] = F0 ==> begin
    if slot = 0 then fpc[f] := FD; else fpg[f] := slot; fpc[f] := F1; end;
  end;
  rule "F1" fpc[f] = F1 ==> begin
    if refs[fpg[f]] = 0 then fpg[f] := 0; fpc[f] := F0;
    else refs[fpg[f]] := refs[fpg[f]] + 1; fref[f] := fpg[f]; fpc[f] := F2; end;
  end;
  rule "F2" fpc[f] = F2 & lock[fpg[f]] = NONE ==> begin lock[fpg[f]] := FLT; fpc[f] := F3; end;
  rule "F3" fpc[f] = F3 ==> begin
    if mapg[fpg[f]] then fpc[f] := F4; else fpc[f] := F6; end;
  end;
  rule "F4" fpc[f] = F4 ==> begin pte[f] := fpg[f]; fref[f] := 0; fpc[f] := F5; end;
  rule "F5" fpc[f] = F5 ==> begin
    assert "owner" lock[fpg[f]] = FLT;
    lock[fpg[f]] := NONE; fpg[f] := 0; fpc[f] := F8;
  end;
  rule "F6" fpc[f] = F6 ==> begin
    assert "owner" lock[fpg[f]] = FLT;
    lock[fpg[f]] := NONE; fpc[f] := F7;
  end;
  rule "F7" fpc[f] = F7 ==> begin
    refs[fpg[f]] := refs[fpg[f]] - 1; fref[f] := 0; fpg[f] := 0; fpc[f] := F0;
  end;
  rule "F8" fpc[f] = F8 ==> begin
    if pte[f] = 0 then fpc[f] := F0;
    else refs[pte[f]] := refs[pte[f]] - 1; dirty[pte[f]] := true; pte[f] := 0; fpc[f] := FD; end;
  end;
  rule "M4 unmap" mpc = M4 & pte[f] = 1 ==> begin
    pte[f] := 0; refs[1] := refs[1] - 1; dirty[1] := true;
  end;
  rule "T5 unmap" tpc = T5 & pte[f] = tpg ==> begin
    pte[f] := 0; refs[tpg] := refs[tpg] - 1; dirty[tpg] := true;
  end;
end;

rule "M0" mpc = M0 ==> begin
  if slot = 1 then refs[1] := refs[1] + 1; mref := true; mpc := M1; else mpc := MD; end;
end;
rule "M1" mpc = M1 & lock[1] = NONE ==> begin lock[1] := MIG; mpc := M2; end;
rule "M2" mpc = M2 ==> begin
  if mapg[1] then
    assert "page 2 is free" refs[2] = 0 & lock[2] = NONE;
    refs[2] := refs[2] + 1; mnew := true; lock[2] := MIG; mpc := M3;
  else mpc := M13; end;
end;
rule "M3" mpc = M3 & !wb[1] ==> begin mpc := M4; end;
rule "M4 done" mpc = M4 & forall f: Faulter do pte[f] != 1 end ==> begin mpc := M5; end;
rule "M5" mpc = M5 & tree = NONE ==> begin tree := MIG; mpc := M6; end;
rule "M6" mpc = M6 ==> begin
  if refs[1] = 2 & slot = 1 then mpc := M7; else tree := NONE; mpc := M11; end;
end;
rule "M7" mpc = M7 ==> begin
  slot := 2; refs[2] := refs[2] + 1; mapg[2] := true; swc[2] := swc[1]; mrx := true; mpc := M8;
end;
rule "M8" mpc = M8 ==> begin refs[1] := refs[1] - 1; mrx := false; mpc := M9; end;
rule "M9" mpc = M9 ==> begin assert "owner" tree = MIG; tree := NONE; mpc := M10; end;
rule "M10" mpc = M10 ==> begin
  dirty[2] := dirty[1]; dirty[1] := false; mapg[1] := false; swc[1] := false; mpc := M11;
end;
rule "M11" mpc = M11 ==> begin assert "owner" lock[2] = MIG; lock[2] := NONE; mpc := M12; end;
rule "M12" mpc = M12 ==> begin refs[2] := refs[2] - 1; mnew := false; mpc := M13; end;
rule "M13" mpc = M13 ==> begin assert "owner" lock[1] = MIG; lock[1] := NONE; mpc := M14; end;
rule "M14" mpc = M14 ==> begin refs[1] := refs[1] - 1; mref := false; mpc := MD; end;

rule "T0" tpc = T0 ==> begin
  if slot = 0 then tpc := TD; else tpg := slot; tpc := T1; end;
end;
rule "T1" tpc = T1 ==> begin
  if refs[tpg] = 0 then tpg := 0; tpc := T0;
  else refs[tpg] := refs[tpg] + 1; tref := tpg; tpc := T2; end;
end;
rule "T2" tpc = T2 & lock[tpg] = NONE ==> begin lock[tpg] := TRU; tpc := T3; end;
rule "T3" tpc = T3 ==> begin if mapg[tpg] then tpc := T4; else tpc := T12; end; end;
rule "T4" tpc = T4 & !wb[tpg] ==> begin tpc := T5; end;
rule "T5 done" tpc = T5 & forall f: Faulter do pte[f] != tpg end ==> begin tpc := T6; end;
rule "T6" tpc = T6 & tree = NONE ==> begin tree := TRU; tpc := T7; end;
rule "T7" tpc = T7 ==> begin
  slot := 0; mapg[tpg] := false; swc[tpg] := false; dirty[tpg] := false; trx := tpg; tpc := T8;
end;
rule "T8" tpc = T8 ==> begin assert "owner" tree = TRU; tree := NONE; tpc := T9; end;
rule "T9" tpc = T9 ==> begin refs[tpg] := refs[tpg] - 1; trx := 0; tpc := T10; end;
rule "T10" tpc = T10 ==> begin assert "owner" lock[tpg] = TRU; lock[tpg] := NONE; tpc := T11; end;
rule "T11" tpc = T11 ==> begin refs[tpg] := refs[tpg] - 1; tref := 0; tpg := 0; tpc := TD; end;
rule "T12" tpc = T12 ==> begin assert "owner" lock[tpg] = TRU; lock[tpg] := NONE; tpc := T13; end;
rule "T13" tpc = T13 ==> begin refs[tpg] := refs[tpg] - 1; tref := 0; tpg := 0; tpc := T0; end;

rule "W0" wpc = W0 ==> begin
  if slot = 0 then wpc := WD; else wpg := slot; wpc := W1; end;
end;
rule "W1" wpc = W1 ==> begin
  if refs[wpg] = 0 then wpg := 0; wpc := W0;
  else refs[wpg] := refs[wpg] + 1; wref := wpg; wpc := W2; end;
end;
rule "W2" wpc = W2 & lock[wpg] = NONE ==> begin lock[wpg] := WBK; wpc := W3; end;
rule "W3" wpc = W3 ==> begin
  if mapg[wpg] & dirty[wpg] then wb[wpg] := true; dirty[wpg] := false; wpc := W4; else wpc := W6; end;
end;
rule "W4" wpc = W4 ==> begin assert "owner" lock[wpg] = WBK; lock[wpg] := NONE; wpc := W5; end;
rule "W5" wpc = W5 ==> begin wb[wpg] := false; wpc := W7; end;
rule "W6" wpc = W6 ==> begin assert "owner" lock[wpg] = WBK; lock[wpg] := NONE; wpc := W7; end;
rule "W7" wpc = W7 ==> begin refs[wpg] := refs[wpg] - 1; wref := 0; wpg := 0; wpc := W0; end;

function refs_ok(): boolean;
var n1, n2: 0..2*F+7;
begin
  n1 := (slot = 1 ? 1 : 0) + (tref = 1 ? 1 : 0) + (trx = 1 ? 1 : 0) + (wref = 1 ? 1 : 0)
      + (mref ? 1 : 0) + (mrx ? 1 : 0);
  n2 := (slot = 2 ? 1 : 0) + (tref = 2 ? 1 : 0) + (trx = 2 ? 1 : 0) + (wref = 2 ? 1 : 0)
      + (mnew ? 1 : 0);
  for f: Faulter do
    n1 := n1 + (pte[f] = 1 ? 1 : 0) + (fref[f] = 1 ? 1 : 0);
    n2 := n2 + (pte[f] = 2 ? 1 : 0) + (fref[f] = 2 ? 1 : 0);
  end;
  return refs[1] = n1 & refs[2] = n2;
end;

invariant "refcount is the number of references held" refs_ok();
