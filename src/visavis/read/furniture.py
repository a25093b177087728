"""What page furniture looks like, line by line, whatever site it comes from.

Each rule names a drop reason, the most words that such a line has, what the line tells about the text that follows it, and its form.
A rule says only what one line looks like; `label.py` weighs what stands around it. `after`: "" nothing; "soft": lists, links or
invitations may follow, then perhaps the article again; "hard": what follows is not the article's (comments, the foot of the site).
"""

from __future__ import annotations

import re
from typing import NamedTuple

AGENCIES = (
    r"(?:AFP|AP|EPA|EPA-EFE|EFE|Reuters|TASS|RIA Novosti|Sputnik|Xinhua|CGTN|VCG|IRNA|ISNA|PTI|ANI|IANS|UPI|DPA|ANSA|AAP|APA|"
    r"Anadolu(?: Agency)?|AA|Getty(?: Images)?|iStock|Shutterstock|Bloomberg|Yonhap|Kyodo|NurPhoto|Unsplash|Pixabay|Flickr|"
    r"Wikimedia(?: Commons)?|Twitter|Alamy|Zuma|Tasnim|Mehr|Fars|Prezident\.Az|Kremlin\.ru|UN Photo|White House)"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_DATE = rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?(?:\s+\d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?(?:\s+\d{{4}})?|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{2,4}}|\d{{1,2}}\. \d{{1,2}}\. \d{{4}})"
_AGE = r"(?:(?:\d+|an?|one|two|three)\s*(?:s|sec|min|mins|minute|hr|hrs|hour|day|week|month|year)s?\s+ago|yesterday|today|just now)"
_DAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_TIME = r"(?:[,\s]*(?:at|[-–|•·@])?\s*\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:\(?(?:[A-Z]{2,5}|GMT[+-]?\d*|UTC[+-]?\d*|IST)\)?)?)?"


_SECTION = (
    r"(?:world|news|region|regions|nation|national|local|politics|business|economy|markets?|finance|money|energy|sports?|culture|arts?|opinion|"
    r"comment|analysis|society|life|lifestyle|style|travel|food|health|science|tech|technology|education|weather|video|photos?|media|"
    r"horoscope|puzzles|games|magazine|archive|europe|asia|africa|americas?|middle east|diplomacy|defen[cs]e|military|about(?: us)?|"
    r"contact(?: us)?|subscribe|more|latest|top stories|multimedia|environment|climate|and|&)"
)


class LineRule(NamedTuple):
    """One form of furniture."""

    reason: str
    after: str
    most_words: int
    form: re.Pattern[str]


def _rule(reason: str, after: str, most_words: int, form: str) -> LineRule:
    return LineRule(reason, after, most_words, re.compile(form, re.IGNORECASE))


# A whole line must match (fullmatch). Order matters: the first that matches names the line.
LINE_RULES: tuple[LineRule, ...] = (
    _rule("date-line", "", 14, rf"(?:(?:first |last )?(?:published|posted|updated|modified|created|issued|date|on|release date)(?: on| at| date)?\s*:?\s*)?{_DAY}{_DATE}{_TIME}(?:\s*(?:[-–|•·/,]\s*)?(?:(?:last )?(?:updated?|modified|published)\s*(?:on|at)?:?\s*{_DAY}{_DATE}{_TIME}|\d+ min(?:ute)?s?(?: read)?|\d+ (?:comments?|views?|shares?)|0))?"),
    _rule("date-line", "", 10, rf"(?:published|posted|updated|last updated|last modified)(?: on)?\s*:?\s*(?:{_AGE})?|on|{_AGE}"),
    _rule("date-line", "", 8, r"(?:(?:at )?\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?|(?:reading time:? )?\d+ min(?:ute)?s?(?: read)?|\d+ minutes? of reading)"),
    _rule("copier-credit", "soft", 40, r".*\b(?:original(?:ly)?\b.*\b(?:source|article|post|story|link)|source link|source article)\b.*\b(?:here|link|click|read|view|visit)\b.*|.*\b(?:read|view|see)\b.*\b(?:original (?:article|source|story|post)|article from the (?:original|source))\b.*|source link|read original|original source|view source|link to (?:the )?(?:original|source)"),
    _rule("copier-credit", "soft", 45, r"the post .{1,240} (?:appeared|was published) first on .{1,80}|(?:read|see) the (?:full|whole|entire|complete|rest of the) (?:story|article|text|report) (?:at|on|in) .{1,60}"),
    _rule("syndication-credit", "soft", 30, r"(?:from our (?:partner|friends|content partner)s?(?: at)?|in partnership with|courtesy(?: of)?|republished (?:from|with permission|by)|reprinted (?:from|with permission|by)|reproduced with|this (?:article|story|piece|post|essay|report|commentary) (?:was |is |has been )?(?:first |originally |previously |also )?(?:appeared|published|republished|posted|produced|reprinted|syndicated|is part of|is republished)|(?:first|originally) (?:published|appeared)|(?:article )?sources?\s*:|via\s*:|with (?:inputs?|input) from|\(?with (?:inputs?|agency|agencies)|agencies\)?$|syndicated from|copyright: project syndicate|provided by|distributed by).*"),
    _rule("syndication-credit", "soft", 40, r"[(\[]?(?:additional )?(?:reporting|writing|compiled|edited|editing|translated|translation|with reporting|reported)(?: and (?:writing|editing))? (?:by|from)\b.*"),
    _rule("author-box", "author", 6, r"(?:about (?:the )?(?:authors?|writers?)|(?:the )?authors?|author bio(?:graphy)?|written by|latest posts by .*|(?:more|view all posts|all posts|other posts|see more|articles|view all articles|more articles|more from|see all posts) (?:by|from) .*|view all posts|author(?:'s)? (?:website|archive|page|profile)|\+ ?posts|bio|website|follow (?:the )?author)\s*:?"),
    _rule("continue-reading", "soft", 9, r"[«»→\s]*(?:continue reading|keep reading|read more|read the full (?:story|article|text)|read full (?:story|article)|read on|show more|load more|see more|view more|click to (?:read|continue).*|continue reading the main story|story continues(?: below.*)?|article continues(?: below.*)?|(?:skip|jump) (?:past|to) .*|expand|more\.\.\.|tap to read.*|\[?read more\]?)\s*[.…»›→>\]]*"),
    _rule("comment-form", "hard", 12, r"(?:\d+|no|one|leave a|add a|post a|write a|your|view|show|hide|see all|load|join the)?\s*(?:comments?|reply|replies|responses?|conversation|discussion)(?:\s*(?:\(\d+\)|\d+))?\s*(?:cancel reply|are closed\.?|below|section)?\s*:?"),
    _rule("comment-form", "hard", 26, r"(?:you must be logged in.*|log in to (?:leave|post|comment|reply).*|(?:please )?(?:log|sign) in to (?:comment|reply).*|your email address will not be published.*|required fields are marked.*|save my name.*|cancel reply|post comment|submit comment|comments? (?:are|is) (?:closed|off|disabled).*|\d+ (?:thoughts?|responses?|replies) (?:on|to) .*|name ?\*|email ?\*|website ?\*?|notify me of (?:follow|new).*|this site uses akismet.*|learn how your comment data.*|be the first to comment.*|what do you think\?|have your say.*|sort by (?:newest|oldest|best|top).*|leave a (?:comment|reply).*|join the (?:conversation|discussion).*)"),
    _rule("newsletter", "soft", 60, r"(?:.*\b(?:subscribe|sign[- ]?up|register)\b.*\b(?:newsletters?|e-?mails?|inbox|updates|alerts|bulletins?|mailing list|channel|briefing)\b.*|.*\bnewsletters?\b.*\b(?:subscribe|sign[- ]?up|inbox|register)\b.*|(?:get|receive|have)\b.*\b(?:in|to|into|straight to|delivered to) your (?:inbox|e-?mail|mailbox).*|(?:subscribe|sign up|newsletters?|our newsletters?|enter your email.*|e-?mail address:?|your e-?mail(?: address)?|subscribe (?:now|today|here|to .*)|sign up (?:now|today|here|for .*))[!.:]?|(?:join|follow|find|like) us (?:on|at|and)\b.*|(?:follow|like|join) .{1,40} on (?:twitter|facebook|telegram|whatsapp|instagram|linkedin|youtube|google news|x)\b.*|thank(?:s| you) for (?:subscribing|signing up|your subscription).*|get (?:our|the) (?:daily|weekly|free|best|latest)\b.*|download (?:our|the) .*\bapp\b.*|(?:please )?(?:donate|consider (?:donating|supporting us|a donation|making a)|support (?:us|our|independent|quality)\b(?=.*\b(?:journalism|work|donat|reader|member)))\b.{0,120}|stay (?:updated|informed|connected|tuned|up to date)\b.*|.*\bmade possible by (?:readers|donors|our|your)\b.*|we rely on (?:readers|our readers|your).*|help us .*\b(?:donat|support|contribut).*)"),
    _rule("paywall", "soft", 45, r"(?:.*\b(?:enjoying|liked?|loved?|reading) this (?:article|story|post|piece)\b.*|.*\bsubscribe\b.*\b(?:full access|unlimited|per month|a month|per week|to (?:read|continue|access)|from \S+)\b.*|.*\b(?:this (?:article|content|story) is (?:for|only|available|reserved|exclusive)|subscribers? only|for subscribers|already a (?:subscriber|member)|members? only|you have (?:reached|read|\d+ (?:free )?articles)|free articles? (?:left|remaining)|to continue reading|unlock (?:this|the)|start your free trial|become a (?:member|subscriber|patron)|log in to (?:read|continue)|create (?:a|your) free account|sign in to (?:read|continue)).*)"),
    _rule("advertisement", "", 14, r"[-—–\s]*(?:advertis(?:e)?ments?|sponsored(?: content| by .*)?|ads?|ads by .*|promoted(?: content| links)?|paid (?:content|post|partner content)|partner content|google ads?|advertise with us|this ad will close.*|report this ad|remove ads?|scroll (?:down )?to (?:continue|read).*|adsbygoogle.*|skip ad|story continues below advertisement|from the web)[-—–\s]*"),
    _rule("share-bar", "", 24, r"(?:(?:please )?share(?: (?:this|on|with|via|it|the|article|post|story|now|your)\b.*)?|\d+(?:\.\d+)?k? ?shares?|shares?|click to (?:share|print|email).*|tweet|print(?: this(?: page| article)?| article)?|listen(?: to (?:this|the) (?:article|story|page|audio).*)?|\d+ min listen|save (?:article|for later|to read)|bookmark|email this.*|blogthis!.*|like this:?.*|loading\.*|text size.*|font size.*|a ?\+|a ?-|aa|copy link|link copied.*|gift (?:this )?article|like loading\.*|rate this.*|\d+(?:\.\d+)?k? views?|(?:post )?views:? ?\d+.*|view(?:ed)? \d+ times?|\d+ ?(?:likes?|votes?)|print friendly.*|reprints?)[!.:]?"),
    _rule("related-links", "soft", 40, r"(?:(?:also )?read(?: also| more| next| this| too)?|also (?:read|see)|see also|read also|related(?: (?:articles?|stories|news|posts?|links?|topics?|content|coverage|items|reading))?|more on this(?: (?:story|topic))?|further reading|recommended(?: reading| for you)?|watch(?: (?:also|now|more|live|this))?|must[- ]read|editor'?s (?:pick|choice|note on)s?|don'?t miss|in case you missed it|click here|learn more|dig deeper|you (?:may|might) also (?:like|enjoy|be interested in|want to read))\s*[:|»>–—]\s*.*"),
    _rule("related-links", "soft", 9, r"(?:related(?: (?:articles?|stories|news|posts?|links?|topics?|content|coverage|items|reading))?|you (?:may|might) (?:also )?(?:like|enjoy|have missed|be interested in)(?: these)?.*|recommended(?: (?:for you|stories|reading|articles|posts))?|read (?:also|next)|see also|more (?:on this(?: story| topic)?|stories|news|articles|from .{1,40}|in .{1,30}|like this|to explore|to read|coverage)|further reading|suggested (?:articles|reading)|up next|next up|don'?t miss(?: it)?|in this (?:story|article)|previous (?:post|article|story).*|next (?:post|article|story).*|(?:←|→|«|»|‹|›).*|.*(?:←|→|»|«|›)|post navigation|also on .{1,30}|around the web|elsewhere on the web|similar (?:posts|articles|stories)|keep exploring|what to read next)\s*:?"),
    _rule("sidebar-heading", "soft", 7, r"(?:trending(?: (?:now|news|stories|topics|posts|this week))?|latest(?: (?:news|posts?|articles?|stories|headlines|updates|videos?|from .*))?|most (?:read|popular|viewed|shared|commented|recent|watched|discussed)(?: (?:articles|stories|posts|news))?|popular(?: (?:posts?|articles?|stories|news|now|this week|in .*))?|recent (?:posts?|articles?|comments?|news|stories)|top (?:stories|news|posts|articles|headlines|picks)|featured(?: (?:posts?|articles?|stories|news|videos?))?|publications?|videos?|editor'?s? (?:picks?|choice)|our picks|in pictures|breaking(?: news)?|headlines|newest|this week|just in|what'?s (?:new|hot)|hot (?:topics|news)|must reads?|archives?|categories|calendar|search|live (?:updates|now)|gallery|podcasts?|multimedia|events|opinions?|columns|special reports?|spotlight|in focus)\s*:?"),
    _rule("tag-line", "", 40, r"(?:tags?|topics?|keywords?|filed under|posted in|categor(?:y|ies)|related topics|in this (?:article|story)|labels?|tagged(?: (?:with|as|in))?|tagged:)\s*[:#].*|(?:related topics|tags?|topics?|filed under|posted in|tagged)\s*:?|#\w+(?:[\s,]+#\w+)*|related topics\s*:?\s*.*"),
    _rule("cookie-banner", "", 90, r".*\b(?:(?:we|this (?:web)?site|our (?:web)?site|our partners)\b.{0,60}\buses?\b.{0,20}\bcookies|accept (?:all )?cookies|cookies? (?:policy|settings|preferences|consent|notice)|use of cookies|consent to (?:the|our) use|privacy (?:policy|settings) (?:and|to)|manage (?:consent|preferences|options)|gdpr)\b.*|(?:accept(?: all)?|reject(?: all)?|got it|i agree|agree|decline|ok|manage options|cookie settings|do not sell my .*)[!.]?"),
    _rule("copyright", "hard", 60, r"(?:(?:copyrights?\s*(?:[:©]|\(c\)|\d{4}|by\b|notice\b)|©\s*(?:copyright\b|\d{4})|\(c\)\s*(?:copyright\b|\d{4})).{0,400}|.{0,120}\ball rights? reserved\b.{0,200}|.{0,80}©\s*(?:copyright )?\d{4}.{0,120})"),
    _rule("footer", "hard", 60, r"(?:disclaimer\s*:.*|the (?:views|opinions)(?: and (?:views|opinions))? (?:expressed|presented|contained).*|views expressed (?:in|are|by).*|.{0,40}(?:does not necessarily reflect|do not necessarily (?:reflect|represent)|are (?:solely )?those of the authors?|author'?s own).{0,160})"),
    _rule("nav", "", 16, rf"(?:home|front page|start)(?:[\s|·•>/]+{_SECTION}){{2,}}"),
    _rule("footer", "", 25, r".{0,60}\bpublish(?:es)? (?:its )?(?:corrections?|clarifications?)\b.*|.{0,60}\b(?:write|send (?:us )?(?:a )?(?:letters?|notes?)|e-?mail) to the (?:editors?|newsroom|letters page)\b.{0,60}|(?:have you )?(?:spotted|found|see|report) an? (?:error|mistake|typo)\b.{0,80}"),
    _rule("nav", "", 16, r"(?:connect with us|home|menu|main menu|skip to (?:main )?(?:content|navigation)|toggle (?:navigation|menu)|search(?: for:?)?|log ?in|sign ?in|log ?out|register|my account|close(?: (?:menu|story|ad))?|found a mistake.*|select it and press.*|open menu|navigation|you are here:?.*|home\s*[>»/|›].*|(?:[^>»›]{1,26}[>»›]+){1,5}.{1,60}|english|languages?|edition:?.*|select (?:language|edition).*|today'?s paper|e-?paper|live tv|watch live|sections|weather|.{0,20}\bhome page|homepage|back to .{1,30}|go back|go to .{1,30}|switch to .{1,20})"),
    _rule("photo-credit", "", 22, r"[(\[]?(?:(?:cover |featured |main |file |header |lead |banner |top )?(?:photo(?:graph)?|image|picture|pic|illustration|graphic|artwork|video|map|infographic)s?(?: (?:credit|courtesy|source|by|from|via))?s?(?: (?:of|by))?\s*[:/©|]|(?:photo|image|picture|illustration|graphic)s? (?:by|credit|courtesy|via|from)\b|credits?\s*[:/]|©\s*[A-Z]|file photo|photo file|representational image|representative image).{0,140}"),
    _rule("photo-credit", "", 9, rf"[(\[©\s]*(?:{AGENCIES}|[A-Z][\w.-]+ [A-Z][\w.-]+)\s*(?:[/|,]|via|for)\s*{AGENCIES}(?:\s*(?:/|,|via)\s*[\w .-]{{1,30}})?[)\]]?|[(\[©]\s*{AGENCIES}\s*[)\]]?"),
)  # fmt: skip

# Lines that are nothing but a row of such words: what remains without them holds no letter.
LIST_RULES: tuple[LineRule, ...] = (
    _rule("share-bar", "", 30, r"\b(?:facebook|twitter|x|linkedin|whats ?app|telegram|pinterest|reddit|e-?mail|print|tumblr|vk|viber|messenger|copy(?: link| url)?|pocket|instagram|youtube|rss|google|skype|flipboard|mastodon|threads|bluesky|weibo|wechat|line|tweets?|pin(?: it)?|likes?|shares?|save|bookmark|follow|stumbleupon|odnoklassniki|total|views?|comments?|k|via|share on)\b"),
    _rule("footer", "hard", 30, r"\b(?:terms(?: of (?:use|service))?|(?:terms )?(?:and|&) conditions|privacy(?: policy| notice| statement)?|contacts?(?: us)?|about(?: us)?|advertise(?: with us)?|careers|imprint|impressum|disclaimer|site ?map|accessibility|help|faqs?|cookies?(?: policy)?|back to top|scroll to top|go to top|top|jobs|staff|masthead|editorial (?:policy|guidelines|team)|code of ethics|rss feeds?|newsletters?)\b|powered by .{1,40}|designed by .{1,40}|theme by .{1,40}|proudly powered.*"),
)  # fmt: skip

# The end of a caption: who made the picture. The rest of the line is what the picture shows.
CAPTION_END = re.compile(
    rf"(?:[\[(]?\b(?:photo(?:graph)?|image|picture|pic|credit|source|illustration|file|photo credit|image credit)s?(?: (?:by|courtesy(?: of)?|credit))?\s*[:/©]\s*[^.!?\n]{{1,60}}[.)\]]*"
    rf"|[\[(©|/]\s*(?:[\w .'-]{{1,40}}[/|,]\s*)?{AGENCIES}(?:\s*(?:[/,|]|via|for)\s*[\w .-]{{1,30}})?\s*(?:photos?|file|/file|handout|pool)?\s*[\])]*\.?"
    rf"|\b(?:{AGENCIES})\s*/\s*[\w .'-]{{1,40}}|\b(?:AP|AFP|Reuters|EPA|TASS|Xinhua) (?:photo|file|image)s?[.)\]]*)$",
    re.IGNORECASE,
)
CAPTION_START = re.compile(
    r"(?:file (?:photo|picture|image)|in this (?:file )?(?:photo|image|picture)|(?:photo|image|picture) (?:shows|taken)|pictured|caption)\b",
    re.I,
)
CAPTION_SIDE = re.compile(
    r"\((?:\w+ )?(?:left|right|centre|center|middle|l|r|c|front|back|rear)\)|\b(?:pictured|file photo|handout (?:photo|image|picture))\b",
    re.I,
)

TEASER_LABEL = re.compile(rf"(?P<section>[^\d\n]{{0,48}}?)\s*[|•·/–-]?\s*(?P<age>{_AGE.replace('today|', '')})", re.I)
CREDIT_WORDS = re.compile(
    r"\s*\((?P<words>(?:theo|according to|source|sources|via|from|after|nach|selon|según|per|with|by|courtesy|compiled|based on|adapted)\b[^()]{2,120})\)\s*\.?$",
    re.I,
)
DEAD_LINK = re.compile(
    r"\s*[\[(](?:(?:you can )?(?:read|see|watch|listen to|click|view|find|download)(?: (?:it|more|the [^()\[\]]{1,40}|full [^()\[\]]{1,30}|this|that|about it))?(?: (?:here|below|above|on .{1,20}))?|link|here|more here|pdf|source)[\])]\s*\.?$",
    re.I,
)
REMNANT = re.compile(
    r"^\W{0,3}(?:p|div|span|a|img|figure|figcaption|ins|script|iframe|li|ul|h[1-6]|section|aside|br|em|strong|table|td|blockquote)"
    r"\s+(?:class|id|style|href|src|data-[\w-]+|width|target|rel|align)\s*=[^>]{0,400}>?|^\s*(?:</?[a-z][a-z0-9]*\b[^<>]{0,400}>\s*)+",
    re.I,
)
CODE = re.compile(
    r"(?:\bfunction\s*\(|\bvar \w+\s*=|googletag|adsbygoogle|window\.\w+|document\.\w+\(|\.push\(\{|\$\(|<!--|-->|\{[^{}]*:[^{}]*;[^{}]*\}|&nbsp;|&[a-z]{2,8};\s*&|^\[/?\w+[^\]]*=[^\]]*\]$|^\[/\w+\]$)",
    re.I,
)
DATE_PREFIX = re.compile(rf"{_DAY}{_DATE}{_TIME}", re.I)
