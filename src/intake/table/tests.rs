use super::*;

/// Ten rows of two columns, 0 to 9 and their squares.
fn squares(line: impl Fn(u32, u32) -> String) -> String {
    (0..10).map(|x| line(x, x * x)).collect()
}

fn values(table: &Table) -> Vec<&[f64]> {
    table
        .columns
        .iter()
        .map(|column| &column.values[..])
        .collect()
}

fn names(table: &Table) -> Vec<&str> {
    let names = table.columns.iter().map(|column| column.name.as_str());
    names.collect()
}

fn refusal(text: &str) -> String {
    read(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn the_same_numbers_come_from_every_form() {
    let utf_16: Vec<u8> = squares(|x, y| format!("{x},5\t{y},25\r\n"))
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for file in [
        squares(|x, y| format!("{x}.5,{y}.25\n")).into_bytes(),
        squares(|x, y| format!("{x},5;{y},25\r\n")).into_bytes(),
        squares(|x, y| format!("{x}.5\t{y}.25\r")).into_bytes(),
        squares(|x, y| format!("  {x}.5e0    {y}.250 \n")).into_bytes(),
        squares(|x, y| format!("\"{x}.5\", \"{y}.25\"\n\n").replace(", ", ",")).into_bytes(),
        [b"\xff\xfe", &utf_16[..]].concat(),
        [
            b"\xef\xbb\xbf",
            squares(|x, y| format!("{x}.5,{y}.25\n")).as_bytes(),
        ]
        .concat(),
    ] {
        let table = read(&file).unwrap();
        let first: Vec<f64> = (0..10).map(|x| f64::from(x) + 0.5).collect();
        let second: Vec<f64> = (0..10).map(|x| f64::from(x * x) + 0.25).collect();
        assert_eq!(values(&table), [first, second]);
        assert_eq!(names(&table), ["column 1", "column 2"]);
        assert_eq!((table.rows, table.skipped.len()), (10, 0));
        assert!(table.labels.is_empty() && table.left_out.is_empty());
    }
}

#[test]
fn a_header_names_the_columns() {
    let text = format!("Größe,y\n{}", squares(|x, y| format!("{x},{y}\n")));
    let latin_1: Vec<u8> = text.chars().map(|letter| letter as u8).collect();
    for file in [text.as_bytes(), &latin_1] {
        let table = read(file).unwrap();
        assert_eq!(names(&table), ["Größe", "y"]);
        assert_eq!(table.rows, 10);
    }
    let table = read(format!("# x y\n{}", squares(|x, y| format!("{x} {y}\n"))).as_bytes());
    assert_eq!(names(&table.unwrap()), ["x", "y"]);
}

#[test]
fn columns_know_their_mean_and_deviation() {
    let table = read(squares(|x, _| format!("{x},7\n")).as_bytes()).unwrap();
    let [x, seven] = &table.columns[..] else {
        panic!("two columns");
    };
    assert_eq!((x.least, x.greatest, x.mean), (0.0, 9.0, 4.5));
    // (n^2 - 1) / 12 of the first n whole numbers.
    assert!((x.deviation.powi(2) - 8.25).abs() < 1e-12);
    assert!(!x.constant);
    assert!(seven.constant);
    assert_eq!(seven.deviation, 0.0);
}

#[test]
fn rows_that_are_not_whole_are_counted_by_what_is_wrong_first() {
    let good = squares(|x, y| format!("{x},{y}\n"));
    let text = format!("x,y\n1,2,3\n{good}cat,1\n1\n\n5,dog\n2,\n3,NaN\n\"7\n\",inf\n4,?\n{good}");
    let table = read(text.as_bytes()).unwrap();
    assert_eq!(table.rows, 20);
    assert_eq!(
        report(&table.skipped).unwrap(),
        "8 rows were skipped: 3 have an empty cell or NaN (the first in line 17), \
         2 have more or fewer cells than the others (the first in line 2), \
         2 have text among the numbers (the first in line 13), \
         1 has a number that is infinite or too large (line 19)"
    );
    assert_eq!(report(&[]), None);
}

#[test]
fn lines_are_counted_however_they_end() {
    for end in ["\n", "\r\n", "\r"] {
        let text = squares(|x, y| format!("{x},{y}\n")) + "\n\ncat,1\n";
        let table = read(text.replace('\n', end).as_bytes()).unwrap();
        assert_eq!(table.skipped[0].line, 13, "{end:?}");
    }
}

#[test]
fn columns_of_words_are_left_out_and_may_be_labels() {
    let text: String = (0..12)
        .map(|x| {
            let kind = ["cat", "dog", ""][x % 3];
            format!("{x}.5,{kind},name {x},,{}\n", "same")
        })
        .collect();
    let table = read(format!("x,kind,name,gap,same\n{text}").as_bytes()).unwrap();
    assert_eq!(names(&table), ["x"]);
    let left_out: Vec<(&str, Fault)> = table
        .left_out
        .iter()
        .map(|column| (column.name.as_str(), column.why))
        .collect();
    assert_eq!(
        left_out,
        [
            ("kind", Fault::Text),
            ("name", Fault::Text),
            ("gap", Fault::Missing),
            ("same", Fault::Text)
        ]
    );
    let labels: Vec<&str> = table.labels.iter().map(|labels| &labels.name[..]).collect();
    assert_eq!(labels, ["kind", "name"]);
    assert_eq!(table.labels[0].classes, ["(empty)", "cat", "dog"]);
    assert_eq!(table.labels[0].of, [1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0]);
}

#[test]
fn labels_are_those_of_whole_rows() {
    let text: String = (0..12)
        .map(|x| {
            let number = if x == 3 {
                "NaN".into()
            } else {
                format!("{x}.5")
            };
            format!("{number};{}\n", x % 2)
        })
        .collect();
    let table = read(text.as_bytes()).unwrap();
    assert_eq!((table.rows, table.columns.len()), (11, 2));
    let [labels] = &table.labels[..] else {
        panic!("one column of labels");
    };
    assert_eq!(labels.name, "column 2");
    assert_eq!(labels.of, [0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 1]);
}

#[test]
fn a_column_with_as_many_gaps_as_numbers_is_one_of_numbers() {
    let half: String = (0..20)
        .map(|x| {
            if x % 2 == 0 {
                format!("{x},1\n")
            } else {
                ",1\n".into()
            }
        })
        .collect();
    let table = read(half.as_bytes()).unwrap();
    assert_eq!((table.columns.len(), table.rows), (2, 10));
    let table = read((half + ",1\n").as_bytes()).unwrap();
    assert_eq!((table.columns.len(), table.rows), (1, 21));
}

#[test]
fn a_quotation_mark_that_is_never_closed_swallows_nothing() {
    let good = squares(|x, y| format!("{x},{y}\n"));
    for mark in ["\"5,5\n", "5,\"5\n"] {
        let table = read(format!("{good}{mark}{good}").as_bytes()).unwrap();
        assert_eq!(table.rows, 20);
        assert_eq!(
            table.skipped,
            [Skipped {
                why: Fault::Text,
                count: 1,
                line: 11
            }]
        );
    }
    // One that goes over lines on purpose is kept.
    let table = read(format!("x,\"y\n(metres)\"\n{good}").as_bytes()).unwrap();
    assert_eq!(names(&table), ["x", "y\n(metres)"]);
    assert_eq!(table.rows, 10);
}

#[test]
fn too_few_rows_say_what_became_of_the_others() {
    let text = "x,y\n1,2\n3,cat\n5,6\n";
    assert_eq!(
        refusal(text),
        "2 rows of it are whole, and at least 10 are needed; \
         1 row was skipped: it has text among the numbers (line 3)"
    );
    assert_eq!(
        refusal("1,2\n"),
        "1 row of it is whole, and at least 10 are needed"
    );
    assert!(refusal("x,y\n").contains("no column"));
}

#[test]
fn what_is_no_table_says_so() {
    assert_eq!(refusal(""), "it is empty");
    assert_eq!(refusal("\n  \n"), "it is empty");
    assert_eq!(refusal("\u{feff}"), "it is empty");
    assert!(refusal("a text about a cat\nand a dog\n").contains("no column of it holds"));
    assert!(refusal("PK\x03\x04\0\0").contains("from a spreadsheet, save as CSV"));
}

#[test]
fn what_is_too_much_is_refused() {
    let wide = |columns: usize| format!("{}1\n", "1,".repeat(columns - 1)).repeat(10);
    assert_eq!(read(wide(256).as_bytes()).unwrap().columns.len(), 256);
    assert!(refusal(&wide(257)).contains("more than 256 columns"));
    assert!(refusal(&wide(10_000)).contains("columns"));

    let long = "1\n".repeat(MOST_ROWS);
    assert_eq!(read(long.as_bytes()).unwrap().rows, MOST_ROWS);
    assert!(refusal(&(long + "1\n")).contains("more than 2,000,000 rows"));

    let many = format!("{}1\n", "1,".repeat(99)).repeat(160_001);
    assert_eq!(
        refusal(&many),
        "it has 100 columns of 160,001 rows, and at most 16,000,000 numbers are read: save fewer of either"
    );

    let large = vec![b'1'; LARGEST as usize + 1];
    let error = read(&large).unwrap_err().to_string();
    assert_eq!(
        error,
        "it has 200 MB, and at most 200 MB are read: save fewer rows"
    );
}

/// Whole rows of each of the [`good`] files.
pub const GOOD_ROWS: usize = 20;

/// For the fuzz targets: tables in every form.
pub fn good() -> Vec<Vec<u8>> {
    // So that half of them may be lost.
    fn twice(line: impl Fn(u32, u32) -> String) -> String {
        squares(line).repeat(2)
    }
    let utf_16 = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect::<Vec<u8>>()
    };
    vec![
        twice(|x, y| format!("{x},{y}\n")).into_bytes(),
        twice(|x, y| format!("{x},5;{y};cat\r\n")).into_bytes(),
        format!("x\ty\n{}", twice(|x, y| format!("{x}\t{y}e-2\n"))).into_bytes(),
        twice(|x, y| format!("  {x}.25   -{y} \n")).into_bytes(),
        format!(
            "x,\"y\nz\",k\n{}1,2\n",
            twice(|x, y| format!("{x},{y},\"d\"\"{}\"\n", x % 2))
        )
        .into_bytes(),
        [
            b"\xfe\xff",
            &utf_16(&twice(|x, y| format!("{x},{y}\n")))[..],
        ]
        .concat(),
        format!("na\u{ef}ve\n{}NaN\n", twice(|x, _| format!("{x}\n")))
            .chars()
            .map(|letter| letter as u8)
            .collect(),
    ]
}
