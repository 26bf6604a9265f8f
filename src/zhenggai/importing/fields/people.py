"""Names of persons beside names of units: 张三, 张某某, 欧阳××, 李四同志."""

import re

from zhenggai.importing.fields.unit_names import is_unit

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史"
    "陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉翁蓝骆路游辛"
    "靳管柴蒙鲍华喻祁房滕屈饶解牟艾尤时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
    "封官谈鞠匡旦普马买哈努阿扎洛格次索仁德"
)
_DOUBLE = "欧阳|上官|司马|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|端木|司徒"
_PERSON = re.compile(
    rf"(?:(?:{_DOUBLE})|[{_SURNAMES}])(?:[\u3400-\u9fff]{{1,2}}|[某xX×Ｘ*＊○〇Ｏ]{{1,3}})(?:同志)?|[某xX×*Ｘ]{{2,3}}|[\u3400-\u9fff]{{2,5}}[·•][\u3400-\u9fff·•]{{2,12}}"
)
_SPACED = re.compile(r"(?<![\u3400-\u9fff])[\u3400-\u9fff](?:[ \u3000\xa0]+[\u3400-\u9fff])+(?![\u3400-\u9fff])")
_POST = re.compile(
    "(?:书记|主任|局长|部长|镇长|乡长|县长|区长|市长|院长|校长|站长|所长|科长|股长|处长|主席|经理|董事长|队长|委员|组长|秘书长|检察长|负责人|负责同志|责任人|领导|成员|干部|专员|会长|馆长|场长|主管|科员|厂长|同志|第一书记|工作队员)"
)


def is_person(word: str) -> bool:
    """Whether a word is a person's name.

    >>> [is_person(word) for word in ("张三", "李某某", "欧阳××", "张家镇", "教育局", "王*")]
    [True, True, True, False, False, True]
    """
    return _PERSON.fullmatch(word) is not None and not is_unit(word)


def names_a_post(word: str) -> bool:
    """Whether a word says a post, with or without a name: 县委书记, 局长张三."""
    return _POST.search(word) is not None


def joined_names(text: str) -> str:
    """A text in which a name that is spaced out stands together.

    >>> joined_names("张 三、李　四、教 育 局")
    '张三、李四、教育局'
    """
    return _SPACED.sub(lambda found: "".join(found[0].split()), text)
