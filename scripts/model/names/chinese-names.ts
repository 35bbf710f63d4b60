/** Data for Chinese names: pinyin readings, simplified characters, forms of address. */
import anyAscii from 'any-ascii';

/** Returns the simplified form of a traditional character that is common in names; other characters unchanged. */
export function simplified(character: string): string {
  return SIMPLIFIED.get(character) ?? character;
}

/** Returns the pinyin readings of a character as letters without tones. `lü` becomes lu, lv and lyu. */
export function readingsOf(character: string): string[] {
  const usual = anyAscii(character)
    .toLowerCase()
    .replace(/[^a-z]/g, '');
  const all = [...(OTHER_READINGS.get(character) ?? '').split('/'), usual].filter((reading) => reading !== '');
  const isRounded = ROUNDED.includes(character);
  return [...new Set(isRounded ? all.flatMap((each) => [each, each.replace('u', 'v'), each.replace('u', 'yu')]) : all)];
}

/** Splits a Chinese name into family name and given name. The given name may be empty. */
export function divideName(name: string): { surname: string; given: string } {
  const characters = [...name];
  const first = characters.slice(0, 2).join('');
  const length = characters.length > 2 && COMPOUND_SURNAMES.includes(first) ? 2 : 1;
  return { surname: characters.slice(0, length).join(''), given: characters.slice(length).join('') };
}

/** Characters before or after a family name that make a familiar or indefinite form of it: 小李, 老李, 李某. */
export const FAMILIAR = { before: '小老阿', behind: '某' };

const COMPOUND_SURNAMES = [
  ...'欧阳 司马 诸葛 上官 司徒 夏侯 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 端木 东方 南宫 西门 轩辕 百里 呼延 闻人 澹台 公冶 万俟 单于 独孤 钟离 申屠 太史 第五'.split(
    ' ',
  ),
];

/** Readings of family names, and of given-name characters with several readings. any-ascii has only one for each character. */
const OTHER_READINGS = new Map(
  (
    '单shan/dan 曾zeng/ceng 解xie/jie 仇qiu/chou 区ou/qu 查zha/cha 任ren 华hua 朴piao/pu 翟zhai/di 盖ge/gai 覃qin/tan 缪miao/mou 宁ning 冼xian 尉yu/wei 俟qi/si 万wan/mo ' +
    '召shao/zhao 纪ji 黑he/hei 折she/zhe 员yun/yuan 贾jia/gu 车che/ju 石shi/dan 谷gu/yu 沈shen/chen 薄bo/bao 种chong/zhong 秘bi/mi 都du/dou 应ying 强qiang/jiang 祭zhai/ji ' +
    '藏zang/cang 葛ge 郇xun/huan 隗wei/kui 郗xi/chi 繁po/fan 角jue/jiao 牟mu/mou 褚chu/zhu 燕yan 奇ji/qi 么yao/me 撒sa 谌chen/shen 能nai/neng 阚kan/han 宿su/xiu 洗xian/xi ' +
    '乐le/yue/lao 行xing/hang 长chang/zhang 重zhong/chong 朝chao/zhao 柏bai/bo 盛sheng/cheng 晟sheng/cheng 茜qian/xi 娜na/nuo 参can/shen 传chuan/zhuan 还huan/hai 率shuai/lv ' +
    '降jiang/xiang 调diao/tiao 弹tan/dan 艾ai/yi 彤tong 禹yu 炎yan 露lu/lou 薇wei 臧zang 曲qu 逄pang 佟tong 晁chao 尹yin 澹tan/dan 和he 会hui/kuai 校xiao/jiao 差chai/cha 珏jue/yu ' +
    '莎sha/suo 卡ka/qia 伽jia/qie/ga 蔚wei/yu 予yu 莞wan/guan 大da/dai 陆lu/liu 殷yin/yan 哈ha 适shi/kuo 系xi/ji 俞yu/shu 於yu/wu 余yu 訾zi 亓qi 乜nie/mie 仉zhang 逯lu 麴qu 佘she 厍she'
  )
    .split(' ')
    .map((entry) => [[...entry][0] ?? '', [...entry].slice(1).join('')]),
);

/** Characters with the vowel ü. Passports write it lyu, keyboards lv, and most people lu. */
const ROUNDED = '吕旅律绿女率侣屡履虑滤驴闾';

/** Pairs of a traditional and a simplified character. */
const PAIRS =
  '張张歐欧劉刘陳陈楊杨黃黄趙赵吳吴孫孙馬马鄭郑謝谢許许鄧邓馮冯蔣蒋葉叶蘇苏呂吕盧卢鍾钟鐘钟賈贾韓韩陸陆閻阎鄒邹譚谭龍龙萬万錢钱湯汤喬乔賀贺賴赖龔龚嚴严溫温蕭萧羅罗範范顧顾鄔邬齊齐魯鲁韋韦倫伦聶聂關关' +
  '顏颜畢毕駱骆應应塗涂牽牵婁娄費费岑岑閔闵龐庞莊庄華华衛卫單单連连項项葛葛鳳凤傑杰偉伟國国強强軍军濤涛輝辉紅红麗丽蘭兰蓮莲瓊琼瑩莹穎颖慶庆興兴業业榮荣貴贵遠远寧宁靜静嫻娴嬌娇嵐岚曉晓東东學学' +
  '寶宝書书畫画雲云電电風风飛飞鴻鸿鵬鹏鶴鹤龜龟銀银鋼钢鐵铁鑫鑫錦锦鎮镇鋒锋銘铭鈞钧鈺钰鈴铃鍵键誠诚詩诗詠咏諾诺謙谦議议語语記记設设許许訓训讓让賓宾賢贤賦赋質质貞贞財财贊赞進进運运達达遙遥選选邁迈' +
  '長长門门開开閒闲間间聞闻闊阔陽阳陰阴隆隆際际雙双霧雾靈灵順顺願愿顯显飄飘養养館馆驕骄駿骏騰腾驊骅魚鱼鮮鲜鳴鸣麥麦麼么點点齡龄愛爱懷怀憶忆戰战戲戏摯挚撫抚擇择攜携數数斷断時时晝昼暉晖曄晔條条楓枫榕榕' +
  '構构樂乐標标樹树橋桥機机權权歡欢歲岁歷历氣气漢汉潔洁澤泽濱滨瀟潇灣湾煒炜煙烟煥焕爾尔獻献現现瑋玮環环瑪玛畢毕異异當当盡尽監监碩硕確确禮礼稱称穩稳競竞筆笔節节簡简糧粮紀纪約约純纯級级納纳紋纹素素紹绍' +
  '終终絲丝經经綠绿維维網网緒绪緯纬縱纵總总績绩繼继續续羽羽義义習习聖圣聰聪聲声聽听膽胆臨临與与舉举艷艳芝芝蓓蓓藍蓝藝艺蘊蕴處处號号衝冲衡衡製制見见視视親亲覺觉觀观訊讯詳详譽誉變变豐丰貝贝負负買买賞赏' +
  '趨趋跡迹車车軒轩載载輕轻轉转辦办農农適适遷迁邊边鄉乡醫医釋释鑒鉴闖闯階阶隨随雖虽雞鸡離离難难霽霁韻韵響响頌颂頎颀領领頭头題题顏颜飾饰馨馨馳驰驍骁驗验體体髮发鬥斗鸝鹂黨党';
const SIMPLIFIED: ReadonlyMap<string, string> = new Map(
  (PAIRS.match(/../gu) ?? []).map((pair): [string, string] => [[...pair][0] ?? '', [...pair][1] ?? '']),
);

/** Forms of address that follow a name in Chinese, Japanese and Korean. */
export const ADDRESSES =
  '先生|女士|小姐|太太|夫人|博士|教授|老师|院士|主任|总裁|总监|总经理|总|经理|医生|大夫|律师|工程师|工|校长|院长|所长|局长|处长|科长|部长|书记|市长|省长|主席|董事长|董|导演|记者|编辑|同学|同志|师傅|阿姨|叔叔|伯伯|大哥|大姐|哥|姐|さん|さま|様|氏|くん|ちゃん|씨|님|선생|교수|박사'
    .split('|')
    .map(simplified);

/** The same in pinyin, as letters only. */
export const ADDRESSES_IN_PINYIN = ADDRESSES.filter((address) => /^\p{Script=Han}{2,}$/u.test(address) || address === '总').flatMap(
  (address) =>
    [...address].reduce<string[]>(
      (before, character) => before.flatMap((start) => readingsOf(character).map((reading) => start + reading)),
      [''],
    ),
);
