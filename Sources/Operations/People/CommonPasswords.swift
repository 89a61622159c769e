/// Passwords that attackers try first, in English, in pinyin, and keyboard patterns.
enum CommonPasswords {
  /// Whether a folded password is common: one of these, possibly followed by a year, other digits or signs,
  /// or one short piece repeated.
  static func contain(_ folded: String) -> Bool {
    if all.contains(folded) || isRepetition(Array(folded.unicodeScalars)) { return true }
    var stem = Substring(folded)
    while let last = stem.last, !last.isLetter {
      stem.removeLast()
      if stem.count > 3, all.contains(String(stem)) { return true }
    }
    return false
  }

  /// Whether the whole is a repetition of at most three characters.
  private static func isRepetition(_ scalars: [Unicode.Scalar]) -> Bool {
    (1...3).contains { length in scalars.indices.allSatisfy { scalars[$0] == scalars[$0 % length] } }
  }

  private static let all = Set(list.split { $0 == " " || $0 == "\n" }.map(String.init))

  private static let list = """
    password passw0rd p@ssword p@ssw0rd passwort parola contrasena motdepasse wachtwoord senha hunter qwerty
    qwertyu qwertyui qwertyuio qwertyuiop qwertz azerty asdfgh asdfghjk asdfghjkl asdfasdf asdf zxcvbn
    zxcvbnm zxcvbnm,./ qazwsx qazwsxedc qazwsxedcrfv 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 1q2w3e 1q2w3e4r
    1q2w3e4r5t 1q2w3e4r5t6y 1qaz@wsx !qaz@wsx !qaz2wsx zaq12wsx zaq1@wsx q1w2e3 q1w2e3r4 q1w2e3r4t5 qwer
    qwer1234 qwe123 qweasd qweasdzxc qweqwe qweqweqwe asd123 asdqwe zxc123 zxcasdqwe 123qwe 123qweasd
    123qweasdzxc 1234qwer 12345qwert 123456qwerty 123asd 123abc 123456abc 123456a 123456aa a123456 aa123456
    aaa123456 abc123 abc123456 abcd1234 abcd123456 abcdef abcdefg abcdefgh abcdefghij abcdefghijk a1b2c3
    a1b2c3d4 a1b2c3d4e5 a12345 a12345678 a123456789 q123456 q123456789 w123456 w123456789 z123456 z123456789
    x123456 123456789a 123456789q 1234567890a 1234567890q 1234567890-= aa123456789 asd123456 asdf1234
    qq123456 qq123456789 zz123456 wang123456 li123456 abc123456789 admin admin123 administrator root toor
    guest user test tester testing test123 temp temporary default changeme changeit change letmein welcome
    welcome1 login signin access master superman batman spiderman pokemon starwars naruto dragon monkey
    tiger lion eagle falcon phoenix shadow sunshine princess prince angel flower football baseball
    basketball soccer hockey tennis golf computer internet google facebook twitter instagram whatsapp wechat
    weixin alipay taobao tmall jingdong pinduoduo douyin kuaishou xiaohongshu weibo bilibili tencent alibaba
    huawei xiaomi baidu android iphone samsung windows microsoft apple linux ubuntu secret topsecret private
    security secure qwaszx trustno1 whatever nothing nopassword mypassword thepassword newpassword
    oldpassword password! passwordpassword ilove iloveyou iloveyou520 iloveu loveyou lovelove loveme forever
    michael jennifer jessica jordan charlie daniel thomas george andrew joshua matthew ashley michelle
    nicole samantha alexander elizabeth william christopher hello helloworld hello123 goodluck goodmorning
    happy happynewyear birthday summer winter spring autumn january february monday friday november december
    america china chinese beijing shanghai guangzhou shenzhen hangzhou chengdu chongqing wuhan nanjing
    tianjin xian zhongguo zhonghua woaini woaini520 woaini1314 woaini5201314 woaizhongguo woaiwojia woaimama
    woaibaba woaininima wojiushiwo woshishui woshiwo nihao nihaoma nishishui mima mimamima wodemima
    mima123456 mima1234 xiexie zaijian laopo laogong baobao baobei qinaide xiaoming xiaohong zhangsan lisi
    wangwu zhangwei wangwei wangfang liwei liuyang zhanglei gongxifacai facai facaile dafacai kuaile
    xinniankuaile shengrikuaile pengyou wanshiruyi yifanfengshun tiantian tiantiankaixin kaixin meimei gege
    jiejie didi mama baba mamababa yeye nainai dianpu xiaodian zhanghao denglu huanbang anquan anquanmima
    guanliyuan laoban chenggong nuli jiayou feifei doudou 5201314 1314520 5211314 520520 5201314520 7758521
    7758258 14789632 147258369 1472583690 147896325 159357 1593572468 159753 159753456 741852963 7418529630
    789456123 7894561230 963852741 9638527410 987654321 9876543210 98765432 87654321 0987654321 123456
    1234567 12345678 123456789 1234567890 12345678910 123456789123 1234567891 123456654321 123123 123123123
    1231231231 123321 123321123 1234554321 12344321 11223344 1122334455 112233445566 11112222 1111122222
    100200300 102030 10203040 1020304050 121212 1212121212 131313 1313131313 232323 520131400 666666
    6666666666 888888 8888888888 88888888 168168 168168168 16888 1688888888 518518 518518518 000000
    0000000000 111111 1111111111 01234567 0123456789 01234567890 13800138000 20082008 20252025 20262026
    1a2b3c 1a2b3c4d 1a2b3c4d5e aaaaaa aaaaaaaaaa qqqqqq qqqqqqqqqq zzzzzz zzzzzzzzzz asasas asasasasas
    abababab abcabc abcabcabc xxxxxxxxxx switchlist merchant lead shop account
    """
}
