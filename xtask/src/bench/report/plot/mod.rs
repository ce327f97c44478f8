//! A curve as SVG: one line a side, its median at each point and the quartiles around it.

mod scale;

use plotters::backend::SVGBackend;
use plotters::{
    chart::ChartBuilder,
    coord::Shift,
    drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea},
    element::{Circle, PathElement, Text},
    style::{
        Color, IntoFont, RGBColor, ShapeStyle, TextStyle,
        text_anchor::{HPos, Pos, VPos},
    },
};

use crate::bench::{
    results::{Axis, Line, Plot},
    spread::Spread,
};
use scale::Scale;

const WIDTH: u32 = 760;
/// Of the curves with their axes.
const HEIGHT: i32 = 400;
const TITLE: i32 = 40;
/// Of a line of the legend.
const ROW: i32 = 24;
/// Lines of the legend stand in so many columns.
const COLUMNS: i32 = 2;

// Drawn, so that dark letters can be read on a page of any colour.
const PAPER: RGBColor = RGBColor(250, 250, 250);
const INK: RGBColor = RGBColor(40, 40, 40);
const GRID: RGBColor = RGBColor(215, 215, 215);
/// Told apart by those who see few colours (Okabe and Ito).
const COLOURS: [RGBColor; 7] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(230, 159, 0),
    RGBColor(86, 180, 233),
    RGBColor(0, 0, 0),
];

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// A place on both axes, with the quartiles.
type Place = (f64, Spread);

/// The curve.
///
/// # Errors
/// What the drawing said.
pub(super) fn svg(plot: &Plot) -> Result<String, String> {
    let mut text = String::new();
    drawn(plot, &mut text).map_err(|error| error.to_string())?;
    let mut text = titled(&text, &plot.title);
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Ok(text)
}

fn drawn(plot: &Plot, text: &mut String) -> Result<(), DrawingAreaErrorKind<std::io::Error>> {
    let lines: Vec<(&Line, Vec<Place>)> = plot
        .lines
        .iter()
        .map(|line| (line, places(line, &plot.x, &plot.y)))
        .collect();
    let rows = i32::try_from(lines.len()).unwrap_or(i32::MAX / ROW);
    let legend = (rows + COLUMNS - 1) / COLUMNS * ROW + 12;
    let height = u32::try_from(TITLE + HEIGHT + legend).unwrap_or(u32::MAX);
    let root = SVGBackend::with_string(text, (WIDTH, height)).into_drawing_area();
    root.fill(&PAPER)?;
    let middle = i32::try_from(WIDTH / 2).unwrap_or_default();
    let title = letters(20).pos(Pos::new(HPos::Center, VPos::Center));
    root.draw(&Text::new(plot.title.as_str(), (middle, TITLE / 2), title))?;
    let (above, below) = root.split_vertically(TITLE + HEIGHT);
    let curves = above.margin(TITLE, 0, 14, 30);
    if lines.iter().all(|(_, places)| places.is_empty()) {
        let none = letters(16).pos(Pos::new(HPos::Center, VPos::Center));
        root.draw(&Text::new("no values", (middle, TITLE + HEIGHT / 2), none))?;
    } else {
        draw_curves(plot, &lines, &curves)?;
    }
    draw_legend(&lines, &below)?;
    root.present()
}

fn draw_curves(
    plot: &Plot,
    lines: &[(&Line, Vec<Place>)],
    area: &Area<'_>,
) -> Result<(), DrawingAreaErrorKind<std::io::Error>> {
    let all = || lines.iter().flat_map(|(_, places)| places);
    let x = Scale::over(all().map(|(x, _)| *x), plot.x.is_logarithmic);
    let y = all().flat_map(|(_, spread)| [spread.low, spread.high]);
    let y = Scale::over(y, plot.y.is_logarithmic);
    let mut chart = ChartBuilder::on(area)
        .x_label_area_size(52)
        .y_label_area_size(84)
        .build_cartesian_2d(x, y)?;
    chart
        .configure_mesh()
        .x_desc(plot.x.label.as_str())
        .y_desc(plot.y.label.as_str())
        .axis_desc_style(letters(17))
        .label_style(letters(15))
        .axis_style(INK)
        .bold_line_style(GRID)
        .light_line_style(PAPER)
        .x_label_formatter(&|value| scale::label(*value))
        .y_label_formatter(&|value| scale::label(*value))
        .draw()?;
    for (index, (_, places)) in lines.iter().enumerate() {
        let colour = COLOURS[index % COLOURS.len()];
        let medians: Vec<(f64, f64)> = places
            .iter()
            .map(|(x, spread)| (*x, spread.median))
            .collect();
        let quartiles = places
            .iter()
            .map(|(x, spread)| PathElement::new([(*x, spread.low), (*x, spread.high)], colour));
        chart.draw_series(quartiles)?;
        let dots = medians
            .iter()
            .map(|place| Circle::new(*place, 4, colour.filled()));
        chart.draw_series(dots)?;
        chart.draw_series([PathElement::new(medians.clone(), thick(colour))])?;
    }
    Ok(())
}

fn draw_legend(
    lines: &[(&Line, Vec<Place>)],
    area: &Area<'_>,
) -> Result<(), DrawingAreaErrorKind<std::io::Error>> {
    let column = i32::try_from(WIDTH).unwrap_or_default() / COLUMNS;
    for (index, (line, _)) in (0..).zip(lines) {
        let colour = COLOURS[usize::try_from(index).unwrap_or_default() % COLOURS.len()];
        let (left, middle) = (
            28 + index % COLUMNS * column,
            index / COLUMNS * ROW + ROW / 2,
        );
        area.draw(&PathElement::new(
            [(left, middle), (left + 28, middle)],
            thick(colour),
        ))?;
        let style = letters(16).pos(Pos::new(HPos::Left, VPos::Center));
        area.draw(&Text::new(line.name.as_str(), (left + 38, middle), style))?;
    }
    Ok(())
}

/// From left to right. An axis by powers of ten has no place for zero and less.
fn places(line: &Line, x: &Axis, y: &Axis) -> Vec<Place> {
    let is_on =
        |value: f64, axis: &Axis| value.is_finite() && (value > 0.0 || !axis.is_logarithmic);
    let mut places: Vec<Place> = line
        .points
        .iter()
        .map(|point| {
            let values = point.values.iter().copied();
            (point.x, Spread::of(values.filter(|value| is_on(*value, y))))
        })
        .filter(|(at, spread)| is_on(*at, x) && spread.median.is_finite())
        .collect();
    places.sort_by(|one, other| one.0.total_cmp(&other.0));
    places
}

fn letters(size: i32) -> TextStyle<'static> {
    TextStyle::from(("sans-serif", size).into_font()).color(&INK)
}

fn thick(colour: RGBColor) -> ShapeStyle {
    ShapeStyle::from(colour).stroke_width(2)
}

/// With a title of its own, which is what is read aloud.
fn titled(svg: &str, title: &str) -> String {
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    match svg.find('>') {
        Some(end) if svg.starts_with("<svg") => {
            let (open, rest) = svg.split_at(end + 1);
            format!("{open}\n<title>{title}</title>{rest}")
        }
        _ => svg.to_owned(),
    }
}
