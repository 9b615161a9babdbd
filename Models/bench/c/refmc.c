/* Hand-written BFS explorer with compiled successor functions: a yardstick, not a product.
 * Same models and steps as spin/*.pml.
 * gcc -O3 -march=native -DMODEL=PAGEMIG -DN=4 [-DEXACT] [-DBATCH=16] [-DHUGE] refmc.c -o refmc ; ./refmc LOG2SLOTS
 *   default: 64-bit fingerprint per state in an open-addressing table (hash compaction), FIFO of full states
 *   EXACT:   all states kept in one array, table of (32-bit tag, 32-bit index), full compare on tag match
 *   BATCH:   successors are hashed and prefetched in groups before the table is looked at
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#define FILTER 1
#define SCAN 2
#define PHIL 3
#define PAGEMIG 4
#ifndef BATCH
#define BATCH 0
#endif
typedef uint8_t u8;
#define DIE(x) do{ if(!(x)){ printf("violation: %s\n",#x); exit(2);} }while(0)

#if MODEL == FILTER
typedef struct { u8 level[N], victim[N], pc[N], ncs; } S;
static void init(S*s){ memset(s,0,sizeof *s); }
#define SUCC(s,EMIT) for(int i=0;i<N;i++){ u8 l=s->level[i]; \
  if(s->pc[i]==0){ EMIT({t->level[i]++;t->pc[i]=1;}) } \
  else if(s->pc[i]==1){ EMIT({t->victim[l]=i+1;t->pc[i]=2;}) } \
  else if(s->pc[i]==2){ int ok=s->victim[l]!=i+1; if(!ok){ok=1;for(int k=0;k<N;k++)if(k!=i&&s->level[k]>=l)ok=0;} \
    if(ok){ if(l<N-1){ EMIT({t->pc[i]=0;}) } else { EMIT({t->pc[i]=3;t->ncs++;DIE(t->ncs==1);}) } } } \
  else { EMIT({t->ncs--;t->level[i]=0;t->pc[i]=0;}) } }
#define INV(s) ((s)->ncs<=1)
#elif MODEL == SCAN
typedef struct { u8 level[N], victim[N], k[N], pc[N], ncs; } S;
static void init(S*s){ memset(s,0,sizeof *s); }
#define SUCC(s,EMIT) for(int i=0;i<N;i++){ u8 l=s->level[i]; \
  if(s->pc[i]==0){ EMIT({t->level[i]++;t->pc[i]=1;}) } \
  else if(s->pc[i]==1){ EMIT({t->victim[l]=i+1;t->k[i]=i==0;t->pc[i]=2;}) } \
  else if(s->pc[i]==2){ if(s->level[s->k[i]]<l||s->victim[l]!=i+1){ int last=i==N-1?N-2:N-1; \
    if(s->k[i]!=last){ EMIT({t->k[i]+=(s->k[i]+1==i)?2:1;}) } \
    else if(l<N-1){ EMIT({t->k[i]=0;t->pc[i]=0;}) } else { EMIT({t->k[i]=0;t->pc[i]=3;t->ncs++;}) } } } \
  else { EMIT({t->ncs--;t->level[i]=0;t->pc[i]=0;}) } }
#define INV(s) ((s)->ncs<=1)
#elif MODEL == PHIL
typedef struct { u8 fork[N], pc[N]; } S;
static void init(S*s){ memset(s,0,sizeof *s); }
#define SUCC(s,EMIT) for(int i=0;i<N;i++){ int f=i==N-1?0:i, g=i==N-1?N-1:i+1; \
  if(s->pc[i]==0){ if(!s->fork[f]){ EMIT({t->fork[f]=i+1;t->pc[i]=1;}) } } \
  else if(s->pc[i]==1){ if(!s->fork[g]){ EMIT({t->fork[g]=i+1;t->pc[i]=2;}) } } \
  else if(s->pc[i]==2){ DIE(s->fork[f]==i+1&&s->fork[g]==i+1); EMIT({t->fork[f]=0;t->pc[i]=3;}) } \
  else { DIE(s->fork[g]==i+1); EMIT({t->fork[g]=0;t->pc[i]=0;}) } }
#define INV(s) 1
#elif MODEL == PAGEMIG
enum {NONE,MIG,TRU,WBK,FLT}; enum {FD=9,MD=15,TD=14,WD=8};
typedef struct { u8 slot,tree,refs[2],lock[2],mapg[2],dirty[2],wb[2],swc[2],pte[N],fref[N],fpg[N],fpc[N],mref,mnew,mrx,mpc,tref,trx,tpg,tpc,wref,wpg,wpc; } S;
static void init(S*s){ memset(s,0,sizeof *s); s->slot=1;s->refs[0]=1;s->mapg[0]=s->dirty[0]=s->swc[0]=1; }
#define X(p) [(p)-1]
#define SUCC(s,EMIT) \
 for(int f=0;f<N;f++){ u8 p=s->fpg[f]; switch(s->fpc[f]){ \
  case 0: if(!s->slot){EMIT({t->fpc[f]=FD;})}else{EMIT({t->fpg[f]=s->slot;t->fpc[f]=1;})} break; \
  case 1: if(!s->refs X(p)){EMIT({t->fpg[f]=0;t->fpc[f]=0;})}else{EMIT({t->refs X(p)++;t->fref[f]=p;t->fpc[f]=2;})} break; \
  case 2: if(!s->lock X(p)){EMIT({t->lock X(p)=FLT;t->fpc[f]=3;})} break; \
  case 3: EMIT({t->fpc[f]=s->mapg X(p)?4:6;}) break; \
  case 4: EMIT({t->pte[f]=p;t->fref[f]=0;t->fpc[f]=5;}) break; \
  case 5: DIE(s->lock X(p)==FLT); EMIT({t->lock X(p)=0;t->fpg[f]=0;t->fpc[f]=8;}) break; \
  case 6: DIE(s->lock X(p)==FLT); EMIT({t->lock X(p)=0;t->fpc[f]=7;}) break; \
  case 7: EMIT({t->refs X(p)--;t->fref[f]=0;t->fpg[f]=0;t->fpc[f]=0;}) break; \
  case 8: if(!s->pte[f]){EMIT({t->fpc[f]=0;})}else{u8 q=s->pte[f];EMIT({t->refs X(q)--;t->dirty X(q)=1;t->pte[f]=0;t->fpc[f]=FD;})} break; } } \
 switch(s->mpc){ \
  case 0: if(s->slot==1){EMIT({t->refs[0]++;t->mref=1;t->mpc=1;})}else{EMIT({t->mpc=MD;})} break; \
  case 1: if(!s->lock[0]){EMIT({t->lock[0]=MIG;t->mpc=2;})} break; \
  case 2: if(s->mapg[0]){DIE(!s->refs[1]&&!s->lock[1]);EMIT({t->refs[1]++;t->mnew=1;t->lock[1]=MIG;t->mpc=3;})}else{EMIT({t->mpc=13;})} break; \
  case 3: if(!s->wb[0]){EMIT({t->mpc=4;})} break; \
  case 4: { int any=0; for(int f=0;f<N;f++)if(s->pte[f]==1){any=1;EMIT({t->pte[f]=0;t->refs[0]--;t->dirty[0]=1;})} if(!any){EMIT({t->mpc=5;})} } break; \
  case 5: if(!s->tree){EMIT({t->tree=MIG;t->mpc=6;})} break; \
  case 6: if(s->refs[0]==2&&s->slot==1){EMIT({t->mpc=7;})}else{EMIT({t->tree=0;t->mpc=11;})} break; \
  case 7: EMIT({t->slot=2;t->refs[1]++;t->mapg[1]=1;t->swc[1]=t->swc[0];t->mrx=1;t->mpc=8;}) break; \
  case 8: EMIT({t->refs[0]--;t->mrx=0;t->mpc=9;}) break; \
  case 9: DIE(s->tree==MIG); EMIT({t->tree=0;t->mpc=10;}) break; \
  case 10: EMIT({t->dirty[1]=t->dirty[0];t->dirty[0]=0;t->mapg[0]=0;t->swc[0]=0;t->mpc=11;}) break; \
  case 11: DIE(s->lock[1]==MIG); EMIT({t->lock[1]=0;t->mpc=12;}) break; \
  case 12: EMIT({t->refs[1]--;t->mnew=0;t->mpc=13;}) break; \
  case 13: DIE(s->lock[0]==MIG); EMIT({t->lock[0]=0;t->mpc=14;}) break; \
  case 14: EMIT({t->refs[0]--;t->mref=0;t->mpc=MD;}) break; } \
 { u8 p=s->tpg; switch(s->tpc){ \
  case 0: if(!s->slot){EMIT({t->tpc=TD;})}else{EMIT({t->tpg=s->slot;t->tpc=1;})} break; \
  case 1: if(!s->refs X(p)){EMIT({t->tpg=0;t->tpc=0;})}else{EMIT({t->refs X(p)++;t->tref=p;t->tpc=2;})} break; \
  case 2: if(!s->lock X(p)){EMIT({t->lock X(p)=TRU;t->tpc=3;})} break; \
  case 3: EMIT({t->tpc=s->mapg X(p)?4:12;}) break; \
  case 4: if(!s->wb X(p)){EMIT({t->tpc=5;})} break; \
  case 5: { int any=0; for(int f=0;f<N;f++)if(s->pte[f]==p){any=1;EMIT({t->pte[f]=0;t->refs X(p)--;t->dirty X(p)=1;})} if(!any){EMIT({t->tpc=6;})} } break; \
  case 6: if(!s->tree){EMIT({t->tree=TRU;t->tpc=7;})} break; \
  case 7: EMIT({t->slot=0;t->mapg X(p)=0;t->swc X(p)=0;t->dirty X(p)=0;t->trx=p;t->tpc=8;}) break; \
  case 8: DIE(s->tree==TRU); EMIT({t->tree=0;t->tpc=9;}) break; \
  case 9: EMIT({t->refs X(p)--;t->trx=0;t->tpc=10;}) break; \
  case 10: DIE(s->lock X(p)==TRU); EMIT({t->lock X(p)=0;t->tpc=11;}) break; \
  case 11: EMIT({t->refs X(p)--;t->tref=0;t->tpg=0;t->tpc=TD;}) break; \
  case 12: DIE(s->lock X(p)==TRU); EMIT({t->lock X(p)=0;t->tpc=13;}) break; \
  case 13: EMIT({t->refs X(p)--;t->tref=0;t->tpg=0;t->tpc=0;}) break; } } \
 { u8 p=s->wpg; switch(s->wpc){ \
  case 0: if(!s->slot){EMIT({t->wpc=WD;})}else{EMIT({t->wpg=s->slot;t->wpc=1;})} break; \
  case 1: if(!s->refs X(p)){EMIT({t->wpg=0;t->wpc=0;})}else{EMIT({t->refs X(p)++;t->wref=p;t->wpc=2;})} break; \
  case 2: if(!s->lock X(p)){EMIT({t->lock X(p)=WBK;t->wpc=3;})} break; \
  case 3: if(s->mapg X(p)&&s->dirty X(p)){EMIT({t->wb X(p)=1;t->dirty X(p)=0;t->wpc=4;})}else{EMIT({t->wpc=6;})} break; \
  case 4: DIE(s->lock X(p)==WBK); EMIT({t->lock X(p)=0;t->wpc=5;}) break; \
  case 5: EMIT({t->wb X(p)=0;t->wpc=7;}) break; \
  case 6: DIE(s->lock X(p)==WBK); EMIT({t->lock X(p)=0;t->wpc=7;}) break; \
  case 7: EMIT({t->refs X(p)--;t->wref=0;t->wpg=0;t->wpc=0;}) break; } }
static inline int INV(const S*s){ int h[3]={0,0,0}; h[s->slot]++;h[s->tref]++;h[s->trx]++;h[s->wref]++; for(int f=0;f<N;f++){h[s->pte[f]]++;h[s->fref[f]]++;} return s->refs[0]==h[1]+s->mref+s->mrx && s->refs[1]==h[2]+s->mnew; }
#endif

enum { W = (sizeof(S)+7)/8 };
typedef union { S s; uint64_t w[W]; } U;
static inline uint64_t hash(const U*u){ uint64_t h=0x243F6A8885A308D3ull; for(int i=0;i<W;i++){ unsigned __int128 m=(unsigned __int128)(u->w[i]^h)*(0x9E3779B97F4A7C15ull+2*i*0x632BE59BD9B4E019ull|1); h=(uint64_t)m^(uint64_t)(m>>64)^u->w[i]; } h^=h>>32; h*=0xD6E8FEB86659FD93ull; h^=h>>32; return h?h:1; }
static void*big(size_t n){void*p=mmap(0,n,PROT_READ|PROT_WRITE,MAP_PRIVATE|MAP_ANONYMOUS|MAP_NORESERVE,-1,0);if(p==MAP_FAILED){perror("mmap");exit(1);}
#ifdef HUGE
 madvise(p,n,MADV_HUGEPAGE);
#endif
 return p;}
static double now(void){struct timespec t;clock_gettime(CLOCK_MONOTONIC,&t);return t.tv_sec+t.tv_nsec*1e-9;}
static uint64_t *T, mask; static int lg; static U *Q; static uint64_t head,tail,trans;
static inline void put(const U*u,uint64_t h){
  uint64_t i=h>>(64-lg);
#ifdef EXACT
  uint64_t tag=h&0xFFFFFFFFu; if(!tag)tag=1;
  for(;;i=(i+1)&mask){ uint64_t v=T[i]; if(!v){T[i]=tag|(tail<<32);break;} if((v&0xFFFFFFFFu)==tag && !memcmp(&Q[v>>32],u,sizeof(U))) return; }
  DIE(INV(&u->s)); Q[tail++]=*u;
#else
  for(;;i=(i+1)&mask){ uint64_t v=T[i]; if(v==h)return; if(!v){T[i]=h;break;} }
  DIE(INV(&u->s)); Q[tail++ & mask]=*u;       /* ring of 2^lg states: always large enough, touched lazily */
#endif
}
int main(int c,char**v){ lg=atoi(v[1]); mask=(1ull<<lg)-1; T=big(8ull<<lg); Q=big(sizeof(U)<<lg);
  double st=now(); U u; memset(&u,0,sizeof u); init(&u.s); put(&u,hash(&u));
#if BATCH
  static U B[BATCH+64]; static uint64_t H[BATCH+64]; int nb=0;
#define EMIT(body) { U*tu=&B[nb]; *tu=cur; S*t=&tu->s; body; trans++; uint64_t h=hash(tu); H[nb++]=h; __builtin_prefetch(&T[h>>(64-lg)],1); }
#else
#define EMIT(body) { U tu=cur; S*t=&tu.s; body; trans++; put(&tu,hash(&tu)); }
#endif
  for(;;){
    if(head==tail){
#if BATCH
      if(nb){ for(int q=0;q<nb;q++)put(&B[q],H[q]); nb=0; continue; }
#endif
      break; }
    const U cur=Q[head++
#ifndef EXACT
      & mask
#endif
    ]; const S*s=&cur.s; uint64_t before=trans;
    SUCC(s,EMIT)
    (void)before;
#if BATCH
    if(nb>=BATCH){ for(int q=0;q<nb;q++)put(&B[q],H[q]); nb=0; }
#endif
  }
  double e=now()-st; printf("states=%lu transitions=%lu s=%.3f Mstates/s=%.2f Mtrans/s=%.2f bytes=%zu\n",tail,trans,e,tail/e/1e6,trans/e/1e6,sizeof(U)); }
