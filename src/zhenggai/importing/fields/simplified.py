"""Traditional characters read as simplified ones, where words are recognised: 問題 is 问题, 責任單位 is 责任单位.

Only recognition uses this; what is kept of a text keeps its own letters. The result has the length of the text, so places fit both.
The table has the letters of the words that are looked for. No letter of simplified writing is in it, so such a text stays as it is.
"""

_TRADITIONAL = (
    "並亂佈佔併來侷係個們備傢傳債僅僑價億儘優兌兒內兩冊凍別刪則創劃劉動務勞勵勻匯區協卻厤厲參叢吳呂員問啟喬單噹嚮嚴囌國圍園圖"
    "團埰執堅報場塊塗墾壓壞夠夾婁婦孫學宮寀實寧審寫寬將專對導屆層屬島崗嶽帥師帳帶幫幹幾庫廠廢廣廳張強彆彈彔彙徑從復徹恆態慮慶"
    "慼憑應懞懲戶掛採換揮損撐撥擊據擠擬擺敗數斷旂昇時暢暫曆曏書會東條棄楊業極榦榮構樑標樣樹橋機檔檢檯權欒歐歲歷歸殘氣汙決沒沖"
    "況淩淺渙減測湯準溝溫滬滯滾漁濛濟濫濱瀋瀏灣為無煙熱燈爭牽狀獎現環產甦畢當發盡監盧眾睏矇硃確碼礎礦祕禮稅種稱穀積穩竇箇節範"
    "簡簽籌籤粵糧糰糾紀約紅納級紮細終組結絕絡給統經綠維網緊線締緣編緩縣縮總繆織繞繫繳繼續纍纔羅義習聞聯聶職聽肅脩腦臨臺與興舉"
    "舊莊華萬葉葯蓆蓋蔔蔘蔣蕭薑藍藥蘆蘇蘭處虛號衕衚衛衝補裝裡製複襬覈見規視覺覽觀訂計訓記訪設許註証評詞試話誌認誤說調談諉請諸"
    "諾謝證識譚議護讀變讓豐豬負財貫責貳貴買費賀資賈賓質賬贛趙踰蹤車軍軟較載輓輪輯轉辦農迴這連週進遊運過達違遞遠適遲遷選還邊郵"
    "鄉鄒鄔鄧鄭鄺醜醫釋針釦鉤銀銜銷錄錢錯錶鍵鍼鍾鎮鐘長門閆閉開閑閒間閔閤閩閱閻闆關陝陞陳陸陽隊階際隨險隱隻雙雜雞離難雲電鞏鞦"
    "韆韋韓頁頂項順須預頓領頭頻題額顏類顧顯風颱養餘館餬饋饒馬馮馳駐駱騰驗驟體髮鬆鬍鬚魚魯鮑鳳鴨麥麵麼黃點黨鼕齊齣龍龐龔"
)
_SIMPLIFIED = (
    "并乱布占并来局系个们备家传债仅侨价亿尽优兑儿内两册冻别删则创划刘动务劳励匀汇区协却历厉参丛吴吕员问启乔单当向严苏国围园图"
    "团采执坚报场块涂垦压坏够夹娄妇孙学宫采实宁审写宽将专对导届层属岛岗岳帅师帐带帮干几库厂废广厅张强别弹录汇径从复彻恒态虑庆"
    "戚凭应蒙惩户挂采换挥损撑拨击据挤拟摆败数断旗升时畅暂历向书会东条弃杨业极干荣构梁标样树桥机档检台权栾欧岁历归残气污决没冲"
    "况凌浅涣减测汤准沟温沪滞滚渔蒙济滥滨沈浏湾为无烟热灯争牵状奖现环产苏毕当发尽监卢众困蒙朱确码础矿秘礼税种称谷积稳窦个节范"
    "简签筹签粤粮团纠纪约红纳级扎细终组结绝络给统经绿维网紧线缔缘编缓县缩总缪织绕系缴继续累才罗义习闻联聂职听肃修脑临台与兴举"
    "旧庄华万叶药席盖卜参蒋萧姜蓝药芦苏兰处虚号同胡卫冲补装里制复摆核见规视觉览观订计训记访设许注证评词试话志认误说调谈诿请诸"
    "诺谢证识谭议护读变让丰猪负财贯责贰贵买费贺资贾宾质账赣赵逾踪车军软较载挽轮辑转办农回这连周进游运过达违递远适迟迁选还边邮"
    "乡邹邬邓郑邝丑医释针扣钩银衔销录钱错表键针钟镇钟长门闫闭开闲闲间闵合闽阅阎板关陕升陈陆阳队阶际随险隐只双杂鸡离难云电巩秋"
    "千韦韩页顶项顺须预顿领头频题额颜类顾显风台养余馆糊馈饶马冯驰驻骆腾验骤体发松胡须鱼鲁鲍凤鸭麦面么黄点党冬齐出龙庞龚"
)
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def as_written(part: str, text: str) -> str:
    """A part of a text's simplified form in the letters that the text has; also one put together of several places.

    >>> as_written("县审批局、教育局", "責任單位：縣審批局（一）、教育局")
    '縣審批局、教育局'
    """
    plain = simplified(text)
    start = plain.find(part)
    if start >= 0:
        return text[start : start + len(part)]
    letters = {ord(new): old for new, old in zip(plain, text, strict=True) if new != old}
    return part.translate(letters)


def simplified(text: str) -> str:
    """A text in which known traditional characters are simplified ones, each in its place.

    >>> simplified("存在的問題：責任單位和完成時限"), simplified("整改措施")
    ('存在的问题：责任单位和完成时限', '整改措施')
    """
    return text.translate(_TABLE)
