// What becomes of each standard sentence of OpenDOAR's policy tool: `<hash of the sentence> <what>`, where <what> is the hash of a
// term of the vocabulary `policy_terms`, `keep` (the sentence is a term itself), or fields of the record that say the same
// (`field=value|value;…`). Hashes are the first 12 hexadecimal digits of SHA-256: the sentences themselves are not ours.
const lines = `
  004a1b5124a2 language_code=en|id
  01e69185d034 2c49d979b755
  02bc12f76651 78de5243d059
  03a76afcdf75 36dcb5a41ef5
  04694e2622e2 ffa163c6ce99
  051e497fca0b keep
  056053f7b7f7 f313bc33445a
  05fda612c04c f1f1c0347dff
  066aa1cf2421 a6ee8486397b
  08616234351a a8435e29dd0f
  08626fd3133e a8435e29dd0f
  0912b40877da language_code=es
  0a00e4b4a6d0 a8435e29dd0f
  0a2487ac4427 13483f1c1a9f
  0b84763f9b61 ed8f15e0fc4d
  0c5c943da459 subject=Fine and Performing Arts
  0c91fea2bba7 subject=Ecology and Environment
  0f1ce6758b2e d92eaa1f69cb
  0f527277caa2 a9664ff92693
  10203d19fb33 23ba4b104e25
  113b4f09d201 ffa163c6ce99
  139ea2cb628b 62ad89b81222
  143ae3378823 ffa163c6ce99
  14be8e00dd1d keep
  14de4a9f61a9 e93e9848ffe1
  15da26620c59 3e65357246db
  17d65fb26863 a8435e29dd0f
  18e415dc6244 subject=Health and Medicine
  1c36996cd8c7 1967ee2417ad
  1f94dfe4ad26 language_code=en|sv
  22c6d079669b language_code=en|ar
  26815e1f25a0 41cbc101eb35
  27817ca135e6 keep
  2790373c1705 8f91eebcdb2d
  28d98aa41db9 subject=Computers and IT
  2ca18fd9725d a8435e29dd0f
  2d1b88474020 a9664ff92693
  2d65d35c8a8c 051ce4d78446
  2e904d727533 029282acccf9
  2f2453660e57 ffa163c6ce99
  304a3a2de292 language_code=en|no
  30e8f9135846 keep
  3154dbc0ba59 content_type=Journal articles
  32029e88d06e language_code=es|en|fr
  321df2f0fea5 language_code=no
  323ee34ef506 13483f1c1a9f
  335c6ace04da keep
  35668de34f46 language_code=pl
  35801b788b8e a9664ff92693
  3598f48239cb 13483f1c1a9f
  378a21dd3cef keep
  39703fa49b89 1f6ae0fb0fac
  3b99dacb84a2 keep
  3bb3d053fa2d content_type=Other special item types
  3dade8d43909 41cbc101eb35
  3f647c0b2a72 e3a51704fec6
  3fb5d52b004f keep
  408a08287a66 language_code=en|af
  43481e32b01a keep
  44f9299ef030 a9664ff92693
  44faa2050744 a8435e29dd0f
  45a6ec6dd547 keep
  474816d12eea subject=Earth and Planetary Sciences
  4879e6216be0 subject=Agriculture, Food and Veterinary
  48cbf01e764e 41cbc101eb35
  4c40a70c3ae0 051ce4d78446
  4caac7e1aa6d a9664ff92693
  4db18fa24ed5 keep
  4dd72120a15d 41cbc101eb35
  500c86bfdb37 keep
  5011bf354cb0 dd4da4f99720
  5017712f9f6c 8931e5fa11c0
  508eab68530f keep
  511b2e551e4b keep
  53a66d821342 13483f1c1a9f
  53bf9c4aba5c 23ba4b104e25
  53e8401b882c a9664ff92693
  550131f399fb a9664ff92693
  55d59e217595 subject=Library and Information Science
  561142de060c 24a19a65d13a
  57c996a44205 2c49d979b755
  58f6001f5716 keep
  5a54eb04a9de keep
  5a85c6eee501 subject=Geography and Regional Studies
  5ac39927d405 a9664ff92693
  5adb1c998d9c language_code=en|mk
  5b1692443e57 41cbc101eb35
  5bbc2667d8cc f41b7e39e635
  5da79a63fd51 e935efa2efce
  5dfdb30fecd0 language_code=en|hu|de
  5e8c2240645d language_code=en|ml
  5e8f8bdafb03 5fdff90118d3
  5f151a7f58ab 051ce4d78446
  5f8116a5a827 1cc8a35a2942
  5f8b7be7daa8 keep
  5fc9adecb530 a8435e29dd0f
  60caf80cea84 subject=Arts and Humanities General
  60f75c47c563 language_code=en|zh
  61a885187fb7 9ddeebb4bbad
  635199a8a8c4 ed8f15e0fc4d
  63adc42410fd language_code=en|it
  63b2e427d181 30f933859a74
  63b8b848d20b 41cbc101eb35
  65043c91b4ef 41cbc101eb35
  65739f46e4da 13483f1c1a9f
  65c9656f6ba1 41cbc101eb35
  6622d140c4ae 1f6ae0fb0fac
  6721cd6b3510 ffa163c6ce99
  68a23276ed99 2911e4aca695
  68c87b44f11d 41cbc101eb35
  69388184f554 language_code=en|es|pt
  69f33807599a 41cbc101eb35
  6bc553cfdd06 e3a51704fec6
  6bcfeac289d8 subject=Chemistry and Chemical Technology
  6c9046bf016b 41cbc101eb35
  6edb245e24bf 612363e722c2
  6ee7c35dbeb7 subject=Business and Economics
  6f4f2509e03b b7dddc939f42
  6f9e49f6a7bb content_type=Theses and dissertations
  700af91d9907 keep
  701108145871 language_code=en|tr
  701f9d695544 b401c6927531
  710e365e4de6 dcc4ad530309
  72a31dfa9900 language_code=tr
  7506e0c62327 language_code=en|de
  767c63df6dca 051ce4d78446
  76f30cce1d50 1f6ae0fb0fac
  78599850d0e0 8f91eebcdb2d
  789ebd4ee3e2 keep
  79a29e67a716 fad0dc8deaea
  7a2275fca1c5 language_code=en|es|pt|fr
  7a2af7534ba9 language_code=en|hu
  7a46f96ce45e keep
  7a4f8c8f0f81 cd8a1ceabb65
  7b619c0ff178 a9664ff92693
  7bc05ef06457 keep
  7bce3bd73f4a language_code=el
  7c4cc7bc59e1 language_code=en|sk
  7d3be977c4a0 language_code=en|fr|es|ja
  7e2b46687836 language_code=en|it|fr|de
  7e9a9684f722 language_code=en|nl
  7f35199c4721 keep
  7fa49255a3d9 13483f1c1a9f
  7fbfd3f79265 13e02ddd0b4f
  8079bed30787 9ddeebb4bbad
  81897c16b555 keep
  81ed8fab9ac3 subject=Social Sciences General
  8242d35f379f 4dbf0b54a160
  825653c1afdc 5c651b926d64
  834068ab8ff3 a9664ff92693
  83e66461646f ce5889069fb9
  844cb59e85a4 subject=Mathematics and Statistics
  846e6e450c0f ffa163c6ce99
  876360242af7 language_code=en
  876e18d6bb38 keep
  886446e3d384 41cbc101eb35
  8946f789bbf0 7c4b27b92a29
  8b7754eea9b9 content_type=Journal articles
  8d46f047ac3d 3e95427713fe
  8e4018181958 keep
  8f8ff2a05403 ffa163c6ce99
  90068d0b7c11 029282acccf9
  90ea7444efa0 e0010f5c51ba
  92e7dd01a8b4 1f6ae0fb0fac
  9545f1271c9d ffa163c6ce99
  9572aa147793 41cbc101eb35
  95797060005b 0e562ee9b5cf
  9846b18f5508 ffa163c6ce99
  98dd27f35b04 keep
  9bf529febf2c ffa163c6ce99
  9dcd1ed08ece subject=Philosophy and Religion
  9f7f87ebe38b a9664ff92693
  a04f4954e7d1 language_code=fr
  a0786cb4cd57 content_type=Journal articles
  a224ea631884 language_code=en|ar|fr
  a248b9cabb7c 051ce4d78446
  a272b1645701 051ce4d78446
  a5323229cdd9 language_code=en|pt
  a5b1c0835917 81b5a51a3e8c
  a6f70c356b44 9ddeebb4bbad
  a73f41f5cb0e 24a19a65d13a
  a8a40ae46d82 repository_type=Institutional
  a93bce3e3061 subject=Law and Politics
  aa90de28a44a language_code=en|it
  ae716ef399e2 42a342e59046
  b177701bbbc0 dd4da4f99720
  b296751c03ae keep
  b31711034205 ffa163c6ce99
  b35c2ed887c3 keep
  b43d44ebb0ce a8435e29dd0f
  b44e571c055f keep
  b4f0472af50a 42a342e59046
  b623f23bb69f 41cbc101eb35
  b9a110bc65d3 36dcb5a41ef5
  bae4de89dfb4 language_code=en|it|fr|de
  bb3bb72a2fa0 keep
  bbcbc54fa86c 42a342e59046
  bbd45414f428 keep
  bc4c425f16ae language_code=en|fr
  bcd6623cc20c subject=Language and Literature
  bce0738feaeb 7ebe010b2394
  be7cf1376eb0 subject=History and Archaeology
  bef32a101fe7 language_code=en|fr|de|es
  bf27f886a759 41cbc101eb35
  c0733b4bf8fd 3d481b663a0e
  c0e0327808a5 language_code=en|uk|ru
  c19eff4a3977 keep
  c2446d331cf7 keep
  c4cb5dca50bd subject=Mechanical Engineering and Materials
  c5a2e81fc966 0e562ee9b5cf
  c80190b64826 ffa163c6ce99
  c826b463e994 language_code=en|zh
  c83f2d746c15 content_type=Journal articles
  c8b80fef30a9 language_code=en|fr
  c9789af4160e keep
  c9da9cf8cbea 8674065eb9b4
  cb791493c8dd ffa163c6ce99
  cb9d080c6023 keep
  cc9f9a31e15e 41cbc101eb35
  cee4a1cd9bed 41cbc101eb35
  cfc7ea38fbe6 2f5b10a9655f
  d11bc1e477e8 9ddeebb4bbad
  d1448dca989b 77bed647026a
  d1b9c66fff84 language_code=en|cy|ga
  d2b9b5280055 language_code=en|de
  d2d2d00a5ec3 language_code=en|hr
  d4141b63ae70 language_code=en|it|fr|es
  d428734db51d subject=Multidisciplinary
  d4b1bbfc4f81 language_code=en|hi|gu|sa
  d6719b1ca6cd b401c6927531
  d7ec5fd69af0 2c49d979b755
  d8e89d60732e 1f6ae0fb0fac
  db4dda00f030 e6481d8339aa
  dbc82a10b3c2 a8435e29dd0f
  dbd5878ac4bc keep
  dd19d1fbbbe6 307b10768476
  dd6eefeb7bc7 a8435e29dd0f
  dd81a2fed726 language_code=en|ja
  ddc3ae470ba0 41cbc101eb35
  dde58cf2ea87 ffa163c6ce99
  de544680e4fe 02740e1b3112
  dea744f5eea2 language_code=en|es
  def113de5782 fc5d484cc2ea
  e04af4dba5db 8f91eebcdb2d
  e04f1a9a6b33 keep
  e0a7a7ce05cd a8435e29dd0f
  e0df2ae4719d keep
  e114b6734015 fad0dc8deaea
  e1fba749e937 22b9aef17486
  e21c73f2713e c6f8a0ea4aa3
  e28624c9ed00 language_code=en|uk|ru
  e2d0e50d667f language_code=en|id
  e2fca154e749 ffa163c6ce99
  e460dfa5a4f8 language_code=en|hi|ur|pa
  e4c5420ac05a 41cbc101eb35
  e528e9cb44c9 5c651b926d64
  e6361a838c94 35ac6a9df9f1
  e7f90384fed5 9ddeebb4bbad
  e8f82c8158a1 subject=Science General
  e975a207731f language_code=en|sr
  ebd1a269ec82 repository_type=Subject
  ebeaa591f33c keep
  ec5ba1e4a5b8 4c7aebefd978
  eeebc001a8ee keep
  f06704922f70 41cbc101eb35
  f0fe1ab5d807 content_type=Learning Objects
  f1675da3bd55 a8435e29dd0f
  f18581cf0444 subject=Education
  f25c0789e663 subject=Psychology
  f5384de18f18 3e95427713fe
  f53dd8c14ac4 48049abb173a
  f55ea4f617fa language_code=en|ru
  f791a79c7d51 keep
  f79407e31917 keep
  f7f443863d6e language_code=nl
  f7f80f914a9f 7c4b27b92a29
  f80bd3e458e5 be50310016f7
  f83a93a11199 00782bf9050d
  f88d8947289d 13483f1c1a9f
  f9207755d468 fc52c515147d
  fc0b20783f6f subject=Physics and Astronomy
  fc2144c0a9e3 ed8f15e0fc4d
  fddfde990058 13483f1c1a9f
  fdf066f92ed7 a9664ff92693
  fe537c7a449c keep
  fefe2dafba55 9ddeebb4bbad
`;

/** By hash of the sentence. */
export const policyItems: ReadonlyMap<string, string> = new Map(
  lines
    .trim()
    .split('\n')
    .map((line) => {
      const [hash = '', ...rest] = line.trim().split(' ');
      return [hash, rest.join(' ')];
    }),
);
