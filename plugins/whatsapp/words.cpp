#include "words.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace whatsapp {
namespace {

enum class Sense : std::uint8_t { period, era, month, weekday, joiner };

struct Entry {
  std::string_view word;
  Sense sense;
  std::uint8_t first;   // period: from; era: Calendar; month and weekday: the number
  std::uint8_t second;  // period: to
};

constexpr Entry am(std::string_view word) {
  return {word, Sense::period, 0, 12};
}
constexpr Entry pm(std::string_view word) {
  return {word, Sense::period, 12, 24};
}
constexpr Entry part(std::string_view word, std::uint8_t from, std::uint8_t to) {
  return {word, Sense::period, from, to};
}
constexpr Entry era(std::string_view word, Calendar calendar) {
  return {word, Sense::era, static_cast<std::uint8_t>(calendar), 0};
}
constexpr Entry joiner(std::string_view word) {
  return {word, Sense::joiner, 0, 0};
}

constexpr Entry kWords[] = {
    // Halves of the day. Both sides of a pair stand together.
    am("am"),
    pm("pm"),  // en and many others; "a. m." folds to it
    am("a"),
    pm("p"),  //
    am("ap"),
    pm("ip"),  // fi
    am("fm"),
    pm("em"),  // sv, fo
    am("dop"),
    pm("odp"),
    pm("pop"),  // cs, sk, sl
    am("de"),
    pm("du"),  // hu
    am("πμ"),
    pm("μμ"),  // el
    am("öö"),
    pm("ös"),  // tr
    am("pd"),
    pm("md"),  // sq
    am("paradite"),
    pm("pasdite"),  // sq
    am("eparadites"),
    pm("epasdites"),  // sq
    am("ص"),
    pm("م"),  // ar
    am("صباحا"),
    pm("مساء"),  // ar
    am("صباحًا"),
    pm("مساءً"),  // ar
    am("قظ"),
    pm("بظ"),  // fa
    am("قبلازظهر"),
    pm("بعدازظهر"),  // fa
    am("غم"),
    pm("غو"),  // ps
    am("بن"),
    pm("دن"),  // ckb
    am("قبلدوپہر"),
    pm("بعددوپہر"),  // ur
    am("לפנה״צ"),
    pm("אחה״צ"),  // he
    am("לפנה\"צ"),
    pm("אחה\"צ"),  // he
    am("sa"),
    pm("ch"),  // vi
    am("sáng"),
    pm("chiều"),  // vi
    am("pg"),
    pm("ptg"),  // ms
    am("上午"),
    pm("下午"),  // zh
    am("午前"),
    pm("午後"),  // ja
    am("오전"),
    pm("오후"),  // ko
    am("to"),
    pm("tk"),  // uz
    am("тң"),
    pm("тк"),  // ky
    am("таңкы"),
    pm("түштөнкийин"),  // ky
    am("дп"),
    pm("пп"),  // uk
    am("прпл"),
    pm("попл"),    // mk
    am("претпл"),  // mk
    am("үө"),
    pm("үх"),  // mn
    am("проб"),
    pm("слоб"),  // bg
    am("преподне"),
    pm("поподне"),  // sr
    am("prepodne"),
    pm("popodne"),  // sr, bs, hr
    am("prijepodne"),
    pm("poslijepodne"),  // hr, bs
    am("vm"),
    pm("nm"),  // af, nl, de
    am("priekšp"),
    pm("pēcp"),  // lv
    am("priekšpusdienā"),
    pm("pēcpusdienā"),  // lv
    am("priešpiet"),
    pm("popiet"),  // lt
    am("rn"),
    pm("in"),  // ga
    am("fh"),
    pm("eh"),  // is
    am("bn"),
    pm("pn"),  //
    am("gh"),
    pm("gd"),  // so
    am("sn"),
    pm("gn"),  // so, older
    am("sf"),
    pm("ym"),  //
    am("yb"),
    pm("yh"),  // cy
    am("පෙව"),
    pm("පව"),  // si
    am("पूर्वाह्न"),
    pm("अपराह्न"),  // hi, ne
    am("मपू"),
    pm("मउ"),  // mr
    am("পূর্বাহ্ণ"),
    pm("অপরাহ্ণ"),  // bn
    am("পূৰ্বাহ্ন"),
    pm("অপৰাহ্ন"),  // as
    am("முற்பகல்"),
    pm("பிற்பகல்"),  // ta
    am("ಪೂರ್ವಾಹ್ನ"),
    pm("ಅಪರಾಹ್ನ"),  // kn
    am("ਪੂਦੁ"),
    pm("ਬਾਦੁ"),  // pa
    am("နံနက်"),
    pm("ညနေ"),  // my
    am("ព្រឹក"),
    pm("ល្ងាច"),  // km
    am("ກ່ອນທ່ຽງ"),
    pm("ຫຼັງທ່ຽງ"),  // lo
    am("ก่อนเที่ยง"),
    pm("หลังเที่ยง"),  // th
    am("ጥዋት"),
    pm("ከሰዓት"),  // am
    am("ጠዋት"),
    pm("ከሰዓትበኋላ"),  // am
    am("ንጉሆሰዓተ"),
    pm("ድሕርሰዓት"),  // ti
    am("ቅቀ"),
    pm("ድቀ"),  // ti
    am("կա"),
    pm("կհ"),  // hy
    am("asubuhi"),
    pm("mchana"),  // sw

    // Finer parts of the day, as flexible day periods write them.
    part("凌晨", 0, 6),
    part("清晨", 4, 9),
    part("早上", 4, 12),
    part("早晨", 4, 12),
    part("中午", 11, 15),
    part("傍晚", 16, 20),
    part("晚上", 17, 24),
    part("午夜", 0, 6),
    part("半夜", 0, 6),
    part("深夜", 21, 6),
    part("夜里", 21, 6),
    part("朝", 4, 12),
    part("昼", 11, 16),
    part("夕方", 15, 20),
    part("夜", 17, 5),
    part("夜中", 22, 5),
    part("새벽", 0, 7),
    part("아침", 5, 12),
    part("저녁", 17, 23),
    part("밤", 18, 6),
    part("morgens", 4, 11),
    part("vorm", 8, 13),
    part("vormittags", 8, 13),
    part("mittags", 11, 15),
    part("nachm", 12, 19),
    part("nachmittags", 12, 19),
    part("abends", 17, 24),
    part("nachts", 21, 7),
    part("nacht", 21, 7),
    part("mitternacht", 0, 1),
    part("noon", 12, 13),
    part("midnight", 0, 1),
    part("inthemorning", 0, 12),
    part("intheafternoon", 12, 19),
    part("intheevening", 16, 24),
    part("atnight", 19, 7),
    part("delamadrugada", 0, 7),
    part("madrugada", 0, 7),
    part("delamañana", 0, 12),
    part("delatarde", 12, 21),
    part("delanoche", 18, 24),
    part("dumatin", 0, 12),
    part("matin", 0, 12),
    part("del’après-midi", 12, 19),
    part("dusoir", 16, 24),
    part("soir", 16, 24),
    part("damanhã", 4, 12),
    part("datarde", 12, 20),
    part("danoite", 18, 24),
    part("ночи", 0, 6),
    part("утра", 3, 12),
    part("дня", 12, 19),
    part("вечера", 16, 24),
    part("ночі", 0, 6),
    part("ранку", 3, 12),
    part("вечора", 16, 24),
    part("sabah", 4, 12),
    part("öğledensonra", 12, 19),
    part("akşam", 16, 24),
    part("gece", 20, 6),
    part("सुबह", 3, 12),
    part("दोपहर", 11, 17),
    part("शाम", 15, 21),
    part("रात", 18, 6),
    part("ভোর", 3, 7),
    part("সকাল", 5, 12),
    part("দুপুর", 11, 16),
    part("বিকাল", 15, 19),
    part("সন্ধ্যা", 17, 21),
    part("রাত", 19, 6),
    part("pagi", 0, 12),
    part("siang", 11, 16),
    part("sore", 14, 19),
    part("malam", 17, 24),
    part("đêm", 20, 6),
    part("trưa", 10, 14),
    part("tối", 17, 24),
    part("فجرا", 0, 6),
    part("ظهرا", 11, 16),
    part("ليلا", 18, 6),

    // Eras.
    era("be", Calendar::buddhist),
    era("พศ", Calendar::buddhist),
    era("ad", Calendar::gregorian),
    era("ce", Calendar::gregorian),
    era("ap", Calendar::persian),
    era("هش", Calendar::persian),
    era("ه‍ش", Calendar::persian),
    era("令和", Calendar::reiwa),
    era("平成", Calendar::heisei),
    era("昭和", Calendar::showa),
    era("reiwa", Calendar::reiwa),
    era("heisei", Calendar::heisei),
    era("r", Calendar::reiwa),
    era("h", Calendar::heisei),
    era("s", Calendar::showa),
    era("民國", Calendar::minguo),
    era("民国", Calendar::minguo),
    era("minguo", Calendar::minguo),
    era("西暦", Calendar::gregorian),
    era("西元", Calendar::gregorian),

    // Small words between date and time, after the year or after the hour.
    joiner("à"),
    joiner("a"),
    joiner("às"),
    joiner("as"),
    joiner("klo"),
    joiner("kl"),
    joiner("u"),
    joiner("o"),
    joiner("um"),
    joiner("at"),
    joiner("alle"),
    joiner("ore"),
    joiner("la"),
    joiner("las"),
    joiner("om"),
    joiner("v"),
    joiner("ve"),
    joiner("в"),
    joiner("о"),
    joiner("об"),
    joiner("г"),
    joiner("ч"),
    joiner("р"),
    joiner("h"),
    joiner("uhr"),
    joiner("de"),
    joiner("del"),
    joiner("of"),
    joiner("lúc"),
    joiner("lc"),
    joiner("ngày"),
    joiner("pukul"),
    joiner("jam"),
    joiner("saat"),
    joiner("στις"),
    joiner("ساعت"),
    joiner("الساعة"),
    joiner("në"),
    joiner("ob"),
    joiner("den"),
    joiner("d"),
    joiner("il"),
};

// Months by language, January first; several spellings of one language make several rows.
constexpr std::string_view kMonths[][12] = {
    {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"},
    {"january", "february", "march", "april", "may", "june", "july", "august", "september",
     "october", "november", "december"},
    {"jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sept", "okt", "nov", "dez"},
    {"januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober",
     "november", "dezember"},
    {"janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"},
    {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
     "octobre", "novembre", "décembre"},
    {"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sept", "oct", "nov", "dic"},
    {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
     "octubre", "noviembre", "diciembre"},
    {"jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"},
    {"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro",
     "outubro", "novembro", "dezembro"},
    {"gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"},
    {"gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre",
     "ottobre", "novembre", "dicembre"},
    {"jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"},
    {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
     "oktober", "november", "december"},
    {"oca", "şub", "mar", "nis", "may", "haz", "tem", "ağu", "eyl", "eki", "kas", "ara"},
    {"янв", "февр", "мар", "апр", "мая", "июн", "июл", "авг", "сент", "окт", "нояб", "дек"},
    {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
     "октября", "ноября", "декабря"},
    {"січ", "лют", "бер", "квіт", "трав", "черв", "лип", "серп", "вер", "жовт", "лист", "груд"},
    {"sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru"},
    {"jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"},
    {"tammik", "helmik", "maalisk", "huhtik", "toukok", "kesäk", "heinäk", "elok", "syysk", "lokak",
     "marrask", "jouluk"},
    {"ian", "feb", "mar", "apr", "mai", "iun", "iul", "aug", "sept", "oct", "nov", "dec"},
    {"jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"},
    {"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر",
     "نوفمبر", "ديسمبر"},
    {"كانونالثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرينالأول",
     "تشرينالثاني", "كانونالأول"},
};

constexpr std::string_view kWeekdays[][7] = {
    {"mon", "tue", "wed", "thu", "fri", "sat", "sun"},
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"},
    {"mo", "di", "mi", "do", "fr", "sa", "so"},
    {"montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"},
    {"lun", "mar", "mer", "jeu", "ven", "sam", "dim"},
    {"lun", "mar", "mié", "jue", "vie", "sáb", "dom"},
    {"пн", "вт", "ср", "чт", "пт", "сб", "вс"},
    {"月", "火", "水", "木", "金", "土", "日"},
    {"월", "화", "수", "목", "금", "토", "일"},
    {"一", "二", "三", "四", "五", "六", "日"},
    {"周一", "周二", "周三", "周四", "周五", "周六", "周日"},
    {"週一", "週二", "週三", "週四", "週五", "週六", "週日"},
};

std::vector<Entry> sorted_words() {
  std::vector<Entry> all(std::begin(kWords), std::end(kWords));
  for (const auto& row : kMonths)
    for (std::uint8_t i = 0; i < 12; ++i)
      all.push_back({row[i], Sense::month, static_cast<std::uint8_t>(i + 1), 0});
  for (const auto& row : kWeekdays)
    for (std::uint8_t i = 0; i < 7; ++i)
      all.push_back({row[i], Sense::weekday, static_cast<std::uint8_t>(i + 1), 0});
  std::ranges::stable_sort(all, {}, &Entry::word);
  return all;
}

bool contains(DayPeriod period, int hour) {
  return period.from <= period.to ? hour >= period.from && hour < period.to
                                  : hour >= period.from || hour < period.to;
}

}  // namespace

Word find_word(std::string_view folded) {
  static const std::vector<Entry> kSorted = sorted_words();
  Word word;
  for (const Entry& entry : std::ranges::equal_range(kSorted, folded, {}, &Entry::word)) {
    switch (entry.sense) {
      case Sense::period: word.period = DayPeriod{entry.first, entry.second}; break;
      case Sense::era: word.era = static_cast<Calendar>(entry.first); break;
      case Sense::month: word.month = entry.first; break;
      case Sense::weekday: word.weekday = entry.first; break;
      case Sense::joiner: word.joiner = true; break;
    }
  }
  return word;
}

int hour_in(DayPeriod period, int hour) {
  if (hour > 12) return hour % 24;
  const int early = hour % 12;
  const bool fits_early = contains(period, early);
  const bool fits_late = contains(period, early + 12);
  if (fits_early != fits_late) return fits_early ? early : early + 12;
  return period.from >= 12 ? early + 12 : early;
}

}  // namespace whatsapp
