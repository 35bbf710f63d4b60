/** Words that distinguish speaker labels from other words before a colon, in English and Chinese. */

/** Whether a label names a role rather than a person: `Q`, `Host`, `SPEAKER_00`, `主持人`. */
export function isRole(name: string): boolean {
  return ROLE.test(name.trim());
}

/** Whether a label can never be a speaker: `Note`, `Source`, `例如`. */
export function isNeverSpeaker(name: string): boolean {
  return NEVER.test(name.trim()) || NEVER_CHINESE.test(name.trim());
}

/** Whether a label is written like a name: every word capitalised, or a few characters of a script without capitals. */
export function looksNamed(name: string): boolean {
  const words = name.replace(/[([（［][^)\]）］]*[)\]）］]/g, ' ').trim();
  if (isRole(name)) return true;
  if (words === '' || OPENING.test(words)) return false;
  if (/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(words)) return looksNamedInChinese(words);
  const all = words.split(/\s+/);
  return (
    all.length <= 5 &&
    all.every((word) => PARTICLE.test(word) || /^["'“‘(@#]?[\p{Lu}\p{Lt}\p{Lo}\p{N}]/u.test(word)) &&
    /\p{L}/u.test(words)
  );
}

/** Chinese names have up to four characters. Transliterated ones have more, with a dot inside, and some have a title. */
function looksNamedInChinese(words: string): boolean {
  if (SENTENCE_CHINESE.test(words)) return false;
  const longest = /[·・•]|\p{Script=Latin}|\p{Script=Katakana}/u.test(words) ? 20 : TITLE_CHINESE.test(words) ? 10 : 5;
  return words.length <= longest;
}

const ROLE =
  /^(?:q|a|(?:speaker|spk|participant|respondent|interviewee|interviewer|guest|host|panell?ist|caller)(?:[ _#-]{0,2}[\w?]{1,3})?|(?:unknown|unidentified)(?: speaker)?|moderator|audience(?: member)?|question|answer|reporter|journalist|narrator|operator|co-host|(?:说话人|发言人|讲者|讲话人|嘉宾|受访者|被访者|访谈者|采访者|访问者|主持人|主持|记者|观众|听众|编辑|提问|提问者|问|答|问者|答者|說話人|發言人|主持人|記者|受訪者)[ _]?[\d一二三四五六七八九甲乙丙丁a-z]{0,3})$/i;

const NEVER =
  /^(?:(?:foot|end|editor'?s? |translator'?s? )?notes?|n\.?b\.?|e\.?g\.?|i\.?e\.?|p\.?s\.?|p\.?p\.?s\.?|example|examples|warning|tip|hint|caution|important|update|updated|edit|edited(?: by)?|source|sources|url|uri|link|links|https?|ftp|file|mailto|www|web|e-?mail|tel|phone|date|time|duration|length|title|subtitle|topic|subject|language|lang|author|by|publisher|published|recorded|recording|video|audio|transcript|transcribed by|participants?|speakers|people|guests|attendees|present|location|place|venue|figure|fig|table|chart|box|image|photo|caption|chapter|part|section|step|appendix|summary|abstract|conclusion|conclusions|introduction|contents|table of contents|outline|takeaways?|highlights|keywords?|tags?|reference|references|bibliography|further reading|see also|tl;?dr|first|second|third|fourth|fifth|firstly|secondly|thirdly|finally|lastly|next|then|also|however|therefore|again|basically|so|but|and|or|yes|no|ok|okay|well|anyway|remember|meaning|namely|quote|end quote|for example|for instance|in short|in other words|that is|to sum up|step \d+|option \w|case \w|version|isbn|doi)$/i;

const NEVER_CHINESE =
  /^(?:注|注释|注意|备注|附注|译注|译者注|编注|编者注|编者按|编按|编者|拾象注|例|例子|例如|比如|譬如|举例|例一|即|也就是|换言之|换句话说|总之|总结|结论|摘要|提要|要点|导读|导语|引言|前言|目录|正文|参考|参考资料|参考文献|参考链接|来源|出处|原文|原文链接|原视频|视频|音频|链接|本文链接|网址|作者|译者|编译|整理|撰文|来源|标题|题目|日期|时间|地点|嘉宾名单|参与者|与会者|时长|语言|图|图片|图源|表|第[一二三四五六七八九十\d]+|首先|其次|再次|然后|最后|此外|另外|第一点|第二点|第三点|一|二|三|四|五|问题|回答是|答案是|答案|原因|结果|因此|所以|但是|不过|而且|更正|声明|版权|转载|关键词|标签)$/;

/** First words of sentences that happen to contain an early colon. */
const OPENING =
  /^(?:the|an?|this|that|these|those|there|here|it|its|i|my|we|our|you|your|he|his|she|her|they|their|in|on|at|for|from|with|by|to|of|as|if|when|while|where|why|what|who|how|which|because|since|but|and|or|so|yet|not|all|some|one|two|three|most|each|every|another|other|let|now|just|is|are|was|were|do|does|did)(?:\s|$)/i;

const PARTICLE = /^(?:de|da|do|dos|das|del|della|di|du|des|la|le|van|von|der|den|ter|ten|zu|zur|bin|bint|ibn|al|el|y|e|and|&|of|the)$/i;

/** Pronouns, conjunctions and verbs that never begin or end a name. */
const SENTENCE_CHINESE =
  /^(?:我|你|您|他|她|它|咱|这|那|此|其|每|各|因|所|但|而|或|如|若|比|例|首先|其次|最后|总之|总的|总体|还|也|就|再|又|从|在|对|关于|随着|通过|一种|一个|一方面|另|接下来|问题|答案|原因|举|换|简单|事实|实际|当然|不|没|有(?:人|些|一)|会|能|可)|(?:是|说|有|在|了|的|下|上|问|称|认为|因为|指出|表示|因素|方面|例子|原因|问题|情况|推测|如下|包括|比如|例如)$|[是了吗呢吧]|(?:因素|问题|情况|方法)/u;

const TITLE_CHINESE = /(?:先生|女士|教授|博士|老师|医生|主任|院长|总监|总裁|经理|部长|主席|记者|主持人|同学|议员|律师|研究员|CEO|CTO)$/;
